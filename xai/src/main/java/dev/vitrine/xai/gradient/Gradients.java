package dev.vitrine.xai.gradient;

import dev.vitrine.autodiff.Tape;
import dev.vitrine.autodiff.Var;
import dev.vitrine.autodiff.compile.Program;
import dev.vitrine.tensor.DType;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Explainer;
import dev.vitrine.xai.Provenance;
import dev.vitrine.xai.Subject;
import dev.vitrine.xai.Target;
import java.util.List;
import java.util.Map;

/**
 * What one-pass gradient methods share: df/dx for a batch, then an expression of x and the
 * gradient.
 */
public final class Gradients {
  private Gradients() {}

  /** The attribution as an expression on the tape. */
  @FunctionalInterface
  public interface Expression {
    Var of(Var x, Var gradient);
  }

  private record Key(
      String method, Map<String, String> settings, Shape shape, Target.Scale scale) {}

  private record Values(Var x, Var classes, Var f, Var attribution) {}

  /** Records, compiles and runs f's gradient and {@code expression} for the whole batch. */
  public static Attribution explain(
      Explainer method,
      Map<String, String> settings,
      Expression expression,
      Subject subject,
      Tensor x,
      Target target) {
    int[] classes = target.resolve(subject, x);
    return subject.with(
        new Key(method.name(), settings, x.shape(), target.scale()),
        tape -> record(tape, expression, subject, x, target),
        (recorded, w) -> {
          Values v = recorded.values();
          w.tensor(v.x()).set(x);
          w.tensor(v.classes()).set(classes);
          recorded.program().run(w);
          return new Attribution(
              w.tensor(v.attribution()).copy(),
              classes,
              w.tensor(v.f()).toFloats(),
              null,
              new Provenance(
                  method.name(),
                  settings,
                  target.toString(),
                  subject.hash(),
                  subject.device().toString()));
        });
  }

  private static Subject.Recorded<Values> record(
      Tape tape, Expression expression, Subject subject, Tensor x, Target target) {
    Var in = tape.input("x", x.shape());
    Var classes = tape.input("classes", DType.INT32, Shape.of(x.shape().dim(0)));
    Var f = target.of(subject.network().record(in), classes);
    Var attribution = expression.of(in, tape.gradient(f, in));
    return new Subject.Recorded<>(
        tape, Program.compile(List.of(f, attribution)), new Values(in, classes, f, attribution));
  }
}
