package dev.vitrine.nn.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vitrine.autodiff.Tape;
import dev.vitrine.autodiff.Var;
import dev.vitrine.autodiff.compile.Update;
import dev.vitrine.nn.Mode;
import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Device;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DropoutTest {
  /** What dropout of ones gives in these steps, with the gradient behind it. */
  private static float[][] masks(float p, long seed, int rows, int columns, int... steps) {
    try (Memory memory = new Memory("test");
        Tape tape = Tape.recording(Device.of("scalar", 1))) {
      Var x = tape.parameter("x", memory.floats(Shape.of(rows, columns)));
      Tensor ones = x.value();
      for (int i = 0; i < ones.size(); i++) {
        ones.put(i, 1);
      }
      Var y = Layers.dropout(p).forward(x, new Mode.Training(seed));
      Var g = tape.gradient(y, x);
      float[][] masks = new float[steps.length][];
      try (Update update = Update.compile(List.of(y, g), Map.of())) {
        for (int i = 0; i < steps.length; i++) {
          update.tensor(tape.clock()).set(new int[] {steps[i], 0});
          update.run();
          masks[i] = update.tensor(y).toFloats();
          assertArrayEquals(masks[i], update.tensor(g).toFloats());
        }
      }
      return masks;
    }
  }

  @Test
  void theMeanStaysWhatItWas() {
    float p = 0.3f;
    float[] mask = masks(p, 1, 100, 100, 0)[0];
    double sum = 0;
    int dropped = 0;
    for (float m : mask) {
      sum += m;
      dropped += m == 0 ? 1 : 0;
      assertEquals(m == 0 ? 0 : 1 / (1 - p), m, 1e-6f);
    }
    // five standard errors of 10 000 draws
    assertEquals(p, dropped / 1e4, 5 * Math.sqrt(p * (1 - p) / 1e4));
    assertEquals(1, sum / 1e4, 5 * Math.sqrt(p / (1 - p) / 1e4));
  }

  @Test
  void masksDependOnSeedStepAndRowAlone() {
    float[][] a = masks(0.5f, 1, 8, 10, 3, 4, 3);
    assertArrayEquals(a[0], a[2]);
    assertFalse(Arrays.equals(a[0], a[1]), "another step");
    assertFalse(Arrays.equals(a[0], masks(0.5f, 2, 8, 10, 3)[0]), "another seed");
    float[] fewer = masks(0.5f, 1, 3, 10, 3)[0];
    assertArrayEquals(Arrays.copyOf(a[0], fewer.length), fewer, "another batch size");
  }

  @Test
  void neighbouringLayersDrawDifferently() {
    try (Tape tape = Tape.eager(Device.of("scalar", 1))) {
      Var x = tape.input("x", Tensor.of(Shape.of(1, 64), new float[64])).ones();
      var mode = new Mode.Training(1);
      float[] first = Layers.dropout(0.5f).forward(x, mode).value().toFloats();
      float[] second = Layers.dropout(0.5f).forward(x, mode).value().toFloats();
      assertFalse(Arrays.equals(first, second));
    }
  }

  @Test
  void certaintiesAndEvaluation() {
    assertArrayEquals(new float[] {1, 1, 1, 1}, masks(0, 1, 2, 2, 0)[0]);
    assertArrayEquals(new float[] {0, 0, 0, 0}, masks(1, 1, 2, 2, 0)[0]);
    assertThrows(IllegalArgumentException.class, () -> Layers.dropout(-0.1f));
    try (Tape tape = Tape.recording(Device.of("scalar", 1))) {
      Var x = tape.input("x", Shape.of(2));
      assertSame(x, Layers.dropout(0.5f).forward(x, Mode.EVALUATION));
    }
  }
}
