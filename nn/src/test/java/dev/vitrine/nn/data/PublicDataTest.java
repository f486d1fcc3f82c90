package dev.vitrine.nn.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The well-known data sets, where {@code VITRINE_DATA} says they are. */
class PublicDataTest {
  @Test
  void mnist() throws IOException {
    try (var mnist = Mnist.load(has("mnist"))) {
      assertArrayEquals(new int[] {60_000, 28, 28, 1}, mnist.train().inputs().shape().dims());
      assertArrayEquals(new int[] {10_000, 28, 28, 1}, mnist.test().inputs().shape().dims());
      assertArrayEquals(new int[] {5, 0, 4, 1, 9}, mnist.train().slice(0, 5).targets().toInts());
      assertEquals(0.1307, mean(mnist.train()), 5e-5, "the figure everybody normalises with");
    }
  }

  @Test
  void fashionMnist() throws IOException {
    try (var fashion = FashionMnist.load(has("fashion-mnist"))) {
      assertEquals(60_000, fashion.train().size());
      assertEquals("Ankle boot", fashion.train().classes().get(fashion.train().label(0)));
      assertEquals(0.2860, mean(fashion.train()), 5e-5, "the figure everybody normalises with");
      assertEquals(1000, count(fashion.test(), 3));
    }
  }

  @Test
  void digits() throws IOException {
    try (var digits = Digits.load(has("digits"))) {
      assertArrayEquals(new int[] {1000, 64}, digits.train().inputs().shape().dims());
      assertArrayEquals(new int[] {797, 64}, digits.test().inputs().shape().dims());
      assertEquals(13 / 16f, digits.train().inputs().at(3));
      assertEquals(8, digits.test().label(796));
    }
  }

  @Test
  void breastCancer() throws IOException {
    try (var data = BreastCancer.load(has("tabular"))) {
      assertArrayEquals(new int[] {400, 10}, data.train().inputs().shape().dims());
      assertEquals(169, data.test().size());
      assertEquals("radius", data.train().features().getFirst());
      assertEquals(0, data.train().label(0), "the first row is malignant");
      var x = data.train().inputs();
      for (var feature = 0; feature < 10; feature++) {
        var at = feature;
        var mean = IntStream.range(0, 400).mapToDouble(i -> x.at(i * 10 + at)).sum() / 400;
        var square =
            IntStream.range(0, 400).mapToDouble(i -> x.at(i * 10 + at) * x.at(i * 10 + at)).sum();
        assertEquals(0, mean, 1e-6, "float32 rounding of 400 values of size 1");
        assertEquals(1, square / 400, 1e-6, "the same");
      }
      var encoding = java.util.Objects.requireNonNull(data.encoding());
      var row = encoding.decode(data.train().input(0).toFloats());
      assertArrayEquals(
          new double[] {17.99, 10.38, 122.8, 1001, 0.1184, 0.2776, 0.3001, 0.1471, 0.2419, 0.07871},
          row);
    }
  }

  @Test
  void irisAndWine() throws IOException {
    var dir = has("tabular");
    var iris = Table.read(dir.file("tabular/iris.csv"), Csv.scikitLearn()).shuffled(1);
    try (var split = Encoding.split(iris, 100, Roles.label("class"))) {
      assertEquals(java.util.List.of("setosa", "versicolor", "virginica"), split.train().classes());
      assertEquals(50, count(split.train(), 0) + count(split.test(), 0));
    }
    var wine = Table.read(dir.file("tabular/wine_data.csv"), Csv.scikitLearn());
    assertEquals(178, wine.rows().size());
  }

  private static double mean(Dataset set) {
    var x = set.inputs();
    var sum = 0.0;
    for (var i = 0L; i < x.size(); i++) {
      sum += x.at(i);
    }
    return sum / x.size();
  }

  private static long count(Dataset set, int label) {
    return IntStream.range(0, set.size()).filter(i -> set.label(i) == label).count();
  }

  private static DataDir has(String name) {
    var folder = System.getenv(DataDir.VARIABLE);
    var why = "VITRINE_DATA is not set or has no folder " + name + ": " + folder;
    var there = folder != null && Files.isDirectory(Path.of(folder, name));
    if (!there) {
      System.out.println("skipped: " + why);
    }
    assumeTrue(there, why);
    return DataDir.of(Path.of(folder));
  }
}
