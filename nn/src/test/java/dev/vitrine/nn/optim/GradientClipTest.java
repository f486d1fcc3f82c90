package dev.vitrine.nn.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vitrine.autodiff.Tape;
import dev.vitrine.autodiff.Var;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Device;
import java.util.List;
import org.junit.jupiter.api.Test;

class GradientClipTest {
  @Test
  void gradientsAreScaledTogetherIfTheirNormIsTooLarge() {
    try (Tape tape = Tape.eager(Device.of("scalar", 1))) {
      Var a = tape.input("a", Tensor.of(Shape.of(2), 3, 0));
      Var b = tape.input("b", Tensor.of(Shape.of(1, 1), -4));
      assertEquals(5, GradientClip.norm(List.of(a, b)).value().item());
      List<Var> clipped = GradientClip.norm(1).of(List.of(a, b));
      // 1/(5 + 1e-6), and float32
      assertArrayEquals(new float[] {0.6f, 0}, clipped.get(0).value().toFloats(), 1e-6f);
      assertArrayEquals(new float[] {-0.8f}, clipped.get(1).value().toFloats(), 1e-6f);
      List<Var> small = GradientClip.norm(10).of(List.of(a, b));
      assertArrayEquals(new float[] {3, 0}, small.get(0).value().toFloats());
    }
  }

  @Test
  void valuesAreCutOff() {
    try (Tape tape = Tape.eager(Device.of("scalar", 1))) {
      Var a = tape.input("a", Tensor.of(Shape.of(3), 3, -0.5f, -7));
      Var clipped = GradientClip.value(1).of(List.of(a)).getFirst();
      assertArrayEquals(new float[] {1, -0.5f, -1}, clipped.value().toFloats());
    }
  }
}
