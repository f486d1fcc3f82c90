package dev.vitrine.nn.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DatasetTest {
  private static final List<String> AB = List.of("a", "b");

  @Test
  void slicesAndInputsAreViews() {
    try (var data = counting(6)) {
      var slice = data.slice(2, 5);
      assertEquals(3, slice.size());
      assertArrayEquals(new float[] {4, 5}, slice.input(0).toFloats());
      assertEquals(1, slice.label(1));
      data.inputs().put(4, 40);
      assertEquals(40, slice.inputs().at(0), "the slice sees the whole");
      slice.close();
      assertEquals(40, data.inputs().at(4), "closing a slice frees nothing");
    }
  }

  @Test
  void closingFreesTheTensors() {
    var data = counting(2);
    var x = data.inputs();
    data.close();
    assertThrows(IllegalStateException.class, () -> x.at(0));
  }

  @Test
  void gatherTakesRowsInTheGivenOrder() {
    try (var data = counting(6)) {
      var x = Tensor.of(Shape.of(2, 2), new float[4]);
      var y = Tensor.of(Shape.of(2), new int[2]);
      data.gather(new int[] {0, 5, 2, 1}, 1, 3, x, y);
      assertArrayEquals(new float[] {10, 11, 4, 5}, x.toFloats());
      assertArrayEquals(new int[] {1, 0}, y.toInts());
      data.slice(1, 6).gather(new int[] {0, 4}, 0, 2, x, y);
      assertArrayEquals(new float[] {2, 3, 10, 11}, x.toFloats());
      refused("3 rows of", () -> data.gather(new int[3], 0, 3, x, y));
      assertThrows(
          IndexOutOfBoundsException.class, () -> data.gather(new int[] {0, 6}, 0, 2, x, y));
    }
  }

  @Test
  void gatherAllocatesNothing() {
    try (var data = counting(1000)) {
      var x = Tensor.of(Shape.of(100, 2), new float[200]);
      var y = Tensor.of(Shape.of(100), new int[100]);
      var order = data.order(1, 0);
      var threads =
          (com.sun.management.ThreadMXBean)
              java.lang.management.ManagementFactory.getThreadMXBean();
      var least = Long.MAX_VALUE;
      // Compiled code counts, not the interpreter.
      for (var round = 0; least > 0 && round < 50_000; round++) {
        var before = threads.getCurrentThreadAllocatedBytes();
        for (var at = 0; at < 1000; at += 100) {
          data.gather(order, at, at + 100, x, y);
        }
        least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
      }
      assertEquals(0, least);
    }
  }

  @Test
  void everyEpochHasAnOrderOfItsOwn() {
    try (var data = counting(100)) {
      var order = data.order(3, 0);
      assertArrayEquals(order, data.order(3, 0));
      assertFalse(Arrays.equals(order, data.order(3, 1)));
      assertFalse(Arrays.equals(order, data.order(4, 0)));
      Arrays.sort(order);
      assertArrayEquals(IntStream.range(0, 100).toArray(), order);
    }
  }

  @Test
  void twoClassesBecomeOneValue() {
    try (var data = counting(3);
        var binary = data.binary()) {
      assertArrayEquals(new int[] {3, 1}, binary.targets().shape().dims());
      assertArrayEquals(new float[] {0, 1, 0}, binary.targets().toFloats());
      assertEquals(AB, binary.classes());
      assertThrows(IllegalStateException.class, () -> binary.label(0));
    }
  }

  @Test
  void wrongNumbersAreRefusedWithTheirRow() {
    var x = Tensor.of(Shape.of(2, 2), 1, 2, 3, Float.NaN);
    var y = Tensor.of(Shape.of(2), new int[] {0, 1});
    refused("set, row 1: input 1 is NaN", () -> Dataset.labelled("set", x, y, AB));
    x.put(3, Float.NEGATIVE_INFINITY);
    refused("set, row 1: input 1 is -Infinity", () -> Dataset.labelled("set", x, y, AB));
    x.put(3, 4);
    y.putInt(1, 2);
    refused(
        "set, row 1: label 2 is none of the 2 classes", () -> Dataset.labelled("set", x, y, AB));
    y.putInt(1, -1);
    refused("set, row 1: label -1", () -> Dataset.labelled("set", x, y, AB));
    var values = Tensor.of(Shape.of(2, 1), 0, Float.NaN);
    refused("set, row 1: target value 0 is NaN", () -> Dataset.valued("set", x, values, List.of()));
  }

  @Test
  void wrongShapesAreRefusedWithBoth() {
    var x = Tensor.of(Shape.of(2, 2), 1, 2, 3, 4);
    var three = Tensor.of(Shape.of(3), new int[3]);
    refused("inputs have shape [2, 2], targets [3]", () -> Dataset.labelled("s", x, three, AB));
    refused("labels must be int32", () -> Dataset.labelled("s", x, x, AB));
    refused("must be float32 of shape [n, k]", () -> Dataset.valued("s", x, three, List.of()));
    var two = Tensor.of(Shape.of(2), new int[2]);
    refused(
        "3 feature names given for inputs of shape [2, 2]",
        () -> Dataset.labelled("s", x, two, AB, List.of("p", "q", "r")));
  }

  private static void refused(String why, org.junit.jupiter.api.function.Executable action) {
    var e = assertThrows(IllegalArgumentException.class, action);
    assertTrue(e.getMessage().contains(why), e.getMessage());
  }

  /** Rows [2i, 2i + 1] with label i mod 2. */
  private static Dataset counting(int n) {
    var x = new float[2 * n];
    for (var i = 0; i < x.length; i++) {
      x[i] = i;
    }
    var labels = IntStream.range(0, n).map(i -> i % 2).toArray();
    return Dataset.labelled(
        "counting", Tensor.of(Shape.of(n, 2), x), Tensor.of(Shape.of(n), labels), AB);
  }
}
