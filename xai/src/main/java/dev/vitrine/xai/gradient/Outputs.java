package dev.vitrine.xai.gradient;

import dev.vitrine.autodiff.Tape;
import dev.vitrine.autodiff.Var;
import dev.vitrine.autodiff.compile.Program;
import dev.vitrine.tensor.DType;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Subject;
import dev.vitrine.xai.Target;
import java.util.List;

/** The explained number of each row, without gradients. */
final class Outputs {
  private record Key(Shape shape, Target.Scale scale) {}

  private record Values(Var x, Var classes, Var f) {}

  private Outputs() {}

  static float[] explained(Subject subject, Tensor x, int[] classes, Target target) {
    return subject.with(
        new Key(x.shape(), target.scale()),
        tape -> record(tape, subject, x.shape(), target),
        (recorded, w) -> {
          w.tensor(recorded.values().x()).set(x);
          w.tensor(recorded.values().classes()).set(classes);
          recorded.program().run(w);
          return w.tensor(recorded.values().f()).toFloats();
        });
  }

  private static Subject.Recorded<Values> record(
      Tape tape, Subject subject, Shape shape, Target target) {
    Var x = tape.input("x", shape);
    Var classes = tape.input("classes", DType.INT32, Shape.of(shape.dim(0)));
    Var f = target.of(subject.network().record(x), classes);
    return new Subject.Recorded<>(tape, Program.compile(List.of(f)), new Values(x, classes, f));
  }
}
