package dev.vitrine.xai.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.vitrine.nn.data.Dataset;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoarTest {
  private static Dataset table(float... values) {
    int n = values.length / 2;
    return Dataset.labelled(
        "table",
        Tensor.of(Shape.of(n, 2), values),
        Tensor.of(Shape.of(n), new int[n]),
        List.of("a", "b"));
  }

  @Test
  void whatMattersMostBecomesTheMeanOfTheTrainingData() {
    Dataset train = table(1, 10, 3, 30);
    Dataset test = table(7, 70);
    Tensor trainMaps = Tensor.of(Shape.of(2, 2), 5, 1, 1, 5);
    Tensor testMaps = Tensor.of(Shape.of(1, 2), 5, 1);
    double[] accuracies =
        Roar.remove(0.5)
            .of(
                train,
                trainMaps,
                test,
                testMaps,
                (a, b) -> {
                  assertArrayEquals(new float[] {2, 10, 3, 20}, a.inputs().toFloats());
                  assertArrayEquals(new float[] {2, 70}, b.inputs().toFloats());
                  assertEquals(0, a.label(1));
                  return 0.25;
                });
    assertArrayEquals(new double[] {0.25}, accuracies);
    Roar.keep(0.5)
        .of(
            train,
            trainMaps,
            test,
            testMaps,
            (a, b) -> {
              assertArrayEquals(new float[] {1, 20, 2, 30}, a.inputs().toFloats());
              return 0;
            });
    assertArrayEquals(new float[] {1, 10, 3, 30}, train.inputs().toFloats());
    assertArrayEquals(new float[] {5, 1, 1, 5}, trainMaps.toFloats());
  }

  @Test
  void mapsOfAnotherShapeAreRefused() {
    Dataset data = table(1, 2);
    Tensor map = Tensor.of(Shape.of(1, 1), 1);
    assertThrows(
        IllegalArgumentException.class,
        () -> Roar.remove(0.5).of(data, map, data, map, (a, b) -> 0));
    assertThrows(IllegalArgumentException.class, () -> Roar.remove(1.0));
  }
}
