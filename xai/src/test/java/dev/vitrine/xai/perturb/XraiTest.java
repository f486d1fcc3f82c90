package dev.vitrine.xai.perturb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Nets;
import dev.vitrine.xai.Subject;
import dev.vitrine.xai.Target;
import java.util.List;
import org.junit.jupiter.api.Test;

class XraiTest {
  /** Two bright squares on black; the network reads one of them. */
  @Test
  void theRegionThatIsReadComesFirst() {
    int side = 32;
    Tensor image = Tensor.of(Shape.of(1, side, side, 1), new float[side * side]);
    Tensor weights = Tensor.of(Shape.of(side * side, 1), new float[side * side]);
    for (int y = 4; y < 12; y++) {
      for (int x = 4; x < 12; x++) {
        image.put((long) y * side + x, 1);
        image.put((y + 16L) * side + x + 16, 1);
        weights.put((long) y * side + x, 1);
      }
    }
    Xrai xrai = new Xrai(new Xrai().attribution(), List.of(50.0, 250.0), 0, 20);
    try (Subject s = Nets.subject(x -> x.flatten().matmul(x.tape().constant("weights", weights)))) {
      float[] a = xrai.explain(s, image, Target.of(0)).values().toFloats();
      float inside = a[8 * side + 8];
      assertTrue(inside > 0);
      for (int y = 5; y < 11; y++) {
        for (int x = 5; x < 11; x++) {
          assertEquals(inside, a[y * side + x], "one region");
        }
      }
      assertTrue(a[24 * side + 24] < inside / 4, "the other square");
      assertTrue(a[2 * side + 28] < inside / 4, "the ground");
    }
  }
}
