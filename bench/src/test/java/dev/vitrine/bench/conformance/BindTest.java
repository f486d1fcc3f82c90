package dev.vitrine.bench.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vitrine.autodiff.Tape;
import dev.vitrine.autodiff.Var;
import dev.vitrine.autodiff.compile.Program;
import dev.vitrine.autodiff.compile.Workspace;
import dev.vitrine.nn.Mode;
import dev.vitrine.nn.Model;
import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Device;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An input that is bound is read where it lies: the same results as if it had been copied. */
class BindTest {
  static List<String> backends() {
    return Networks.backends();
  }

  @ParameterizedTest
  @MethodSource("backends")
  void boundOrCopied(String backend) {
    for (int threads = 1; threads <= 2; threads++) {
      try (Model model = Networks.cnn();
          var memory = new Memory("batches");
          Tape tape = Tape.recording(Device.of(backend, threads))) {
        model.init(7);
        Tensor images = Networks.images();
        Var x = tape.input("x", images.shape());
        Var y = model.record(x, Mode.EVALUATION);
        Var slope = tape.gradient(y.slice(1, 0, 1), x);
        // a view of the input too
        Var some = x.slice(0, 1, 3).square();
        try (Program p = Program.compile(List.of(y, slope, some));
            Workspace w = p.workspace()) {
          Tensor other = memory.floats(images.shape()).set(images);
          for (long i = 0; i < other.size(); i += 3) {
            other.put(i, 0.5f);
          }
          for (Tensor batch : List.of(images, other, images)) {
            w.tensor(x).set(batch);
            p.run(w);
            float[][] copied = results(w, y, slope, some);
            try (Workspace bound = p.workspace()) {
              bound.bind(x, other);
              bound.bind(x, batch);
              assertEquals(batch.address(), bound.tensor(x).address());
              p.run(bound);
              float[][] there = results(bound, y, slope, some);
              for (int i = 0; i < there.length; i++) {
                assertArrayEquals(copied[i], there[i]);
              }
            }
          }
        }
      }
    }
  }

  private static float[][] results(Workspace w, Var... outputs) {
    float[][] all = new float[outputs.length][];
    for (int i = 0; i < all.length; i++) {
      all[i] = w.tensor(outputs[i]).toFloats();
    }
    return all;
  }

  @ParameterizedTest
  @MethodSource("backends")
  void onlyInputsAndOnlyWithTheirShape(String backend) {
    try (Tape tape = Tape.recording(Device.of(backend, 1))) {
      Var x = tape.input("x", Shape.of(2, 3));
      Var y = x.square();
      try (Program p = Program.compile(List.of(y));
          Workspace w = p.workspace()) {
        Tensor t = Tensor.of(Shape.of(3, 2), 1, 2, 3, 4, 5, 6);
        var shape = assertThrows(IllegalArgumentException.class, () -> w.bind(x, t));
        assertEquals("%0 x takes FLOAT32 [2, 3], found FLOAT32 [3, 2]", shape.getMessage());
        Tensor same = Tensor.of(Shape.of(2, 3), 1, 2, 3, 4, 5, 6);
        assertThrows(IllegalArgumentException.class, () -> w.bind(y, same));
      }
    }
  }
}
