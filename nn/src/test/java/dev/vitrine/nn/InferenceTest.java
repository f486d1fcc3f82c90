package dev.vitrine.nn;

import static dev.vitrine.nn.layer.Layers.batchNorm;
import static dev.vitrine.nn.layer.Layers.conv2d;
import static dev.vitrine.nn.layer.Layers.dropout;
import static dev.vitrine.nn.layer.Layers.flatten;
import static dev.vitrine.nn.layer.Layers.linear;
import static dev.vitrine.nn.layer.Layers.maxPool2d;
import static dev.vitrine.nn.layer.Layers.relu;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.autodiff.Tape;
import dev.vitrine.tensor.RandomStream;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Device;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class InferenceTest {
  private static final Device SCALAR = Device.of("scalar", 1);
  private static final Shape ROW = Shape.of(8, 8, 1);

  private static Model model() {
    return Model.sequential(
            conv2d(1, 5, 3),
            batchNorm(5),
            relu(),
            maxPool2d(2),
            flatten(),
            dropout(0.5f),
            linear(45, 3))
        .init(4);
  }

  private static Tensor rows(int n) {
    Tensor x = Tensor.of(ROW.insert(0, n), new float[n * 64]);
    var random = new RandomStream(8, 0, 0);
    for (long i = 0; i < x.size(); i++) {
      x.put(i, (float) random.normal());
    }
    return x;
  }

  /** All devices that can be had here, the reference first. */
  private static List<Device> devices() {
    var all = new ArrayList<>(List.of(SCALAR));
    Device.backends().stream()
        .filter(b -> b.unavailable() == null && !b.name().equals("scalar"))
        .forEach(b -> all.add(Device.of(b.name(), 2)));
    return all;
  }

  @Test
  void manyRowsGiveTheBitsOfOneRowAtATime() {
    Tensor x = rows(23);
    try (Model m = model();
        Tape tape = Tape.eager(SCALAR)) {
      float[] eager = m.record(tape.input("x", x), Mode.EVALUATION).value().toFloats();
      for (Device d : devices()) {
        for (int batch : new int[] {1, 4, 16, 23, 64}) {
          try (var inference = new Inference(m, ROW, batch, d)) {
            Tensor all = inference.outputs(x);
            assertEquals(Shape.of(23, 3), all.shape());
            assertArrayEquals(eager, all.toFloats(), d + ", batch " + batch);
            for (int r : new int[] {0, 7, 22}) {
              assertArrayEquals(
                  all.rows(r, r + 1).toFloats(), inference.outputs(x.rows(r, r + 1)).toFloats());
            }
          }
        }
      }
    }
  }

  @Test
  void theModelMayGoOnChanging() {
    try (Model m = model();
        var inference = new Inference(m, ROW, 2, SCALAR)) {
      float[] before = inference.outputs(rows(3)).toFloats();
      m.init(5);
      float[] after = inference.outputs(rows(3)).toFloats();
      assertFalse(Arrays.equals(before, after));
      assertArrayEquals(Inference.outputs(m, rows(3)).toFloats(), after);
    }
  }

  @Test
  void noRowsGiveNoOutputs() {
    try (Model m = model();
        var inference = new Inference(m, ROW, 2, SCALAR)) {
      assertEquals(Shape.of(0, 3), inference.outputs(rows(3).rows(0, 0)).shape());
    }
  }

  @Test
  void rowsOfAnotherShapeAreRefused() {
    try (Model m = model();
        var inference = new Inference(m, ROW, 2, SCALAR)) {
      for (Shape s : new Shape[] {Shape.of(2, 4, 16, 1), Shape.of(2, 64), Shape.of(8, 8, 1)}) {
        Tensor x = Tensor.of(s, new float[(int) s.size()]);
        var e = assertThrows(IllegalArgumentException.class, () -> inference.outputs(x));
        assertTrue(e.getMessage().contains(s.toString()), e.getMessage());
      }
    }
  }
}
