package dev.vitrine.bench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vitrine.nn.data.Dataset;
import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.RandomStream;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.kernel.Device;
import java.util.List;
import org.junit.jupiter.api.Test;

class NearestNeighbourTest {
  private static final List<String> CLASSES = List.of("a", "b", "c");
  private static final int WIDTH = 6;

  private static Dataset random(Memory memory, int rows, int stream) {
    var random = new RandomStream(3, stream, 0);
    var x = memory.floats(Shape.of(rows, 3, 2, 1));
    var y = memory.ints(Shape.of(rows));
    for (int i = 0; i < rows * WIDTH; i++) {
      x.put(i, (float) random.uniform());
    }
    for (int i = 0; i < rows; i++) {
      y.putInt(i, i * 7 % CLASSES.size());
    }
    return Dataset.labelled("random", x, y, CLASSES);
  }

  @Test
  void itFindsWhatComparingWithEveryRowFinds() {
    try (Memory memory = new Memory("test")) {
      Dataset train = random(memory, 97, 1);
      Dataset test = random(memory, 263, 2); // more than one batch
      int right = 0;
      for (int i = 0; i < test.size(); i++) {
        right += train.label(nearest(train, test, i)) == test.label(i) ? 1 : 0;
      }
      double accuracy = NearestNeighbour.accuracy(train, test, Device.of("scalar", 1));
      assertEquals((double) right / test.size(), accuracy);
    }
  }

  private static int nearest(Dataset train, Dataset test, int row) {
    int best = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int j = 0; j < train.size(); j++) {
      double distance = 0;
      for (int k = 0; k < WIDTH; k++) {
        double d = train.input(j).at(k) - test.input(row).at(k);
        distance += d * d;
      }
      if (distance < least) {
        least = distance;
        best = j;
      }
    }
    return best;
  }
}
