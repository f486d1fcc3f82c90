package dev.vitrine.nn.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DrawnDigitsTest {
  @Test
  void shapesAndRangesAreThoseOfImages() {
    try (var digits = DrawnDigits.of(3, 20, 10)) {
      assertArrayEquals(new int[] {20, 28, 28, 1}, digits.train().inputs().shape().dims());
      assertArrayEquals(new int[] {10}, digits.test().targets().shape().dims());
      for (var pixel : digits.train().inputs().toFloats()) {
        assertTrue(pixel >= 0 && pixel <= 1);
        assertEquals(Math.round(pixel * 255) / 255f, pixel, 0f, "pixels are grey levels / 255");
      }
    }
  }

  @Test
  void aSeedGivesTheSameImagesOnEveryMachine() throws Exception {
    try (var digits = DrawnDigits.of(7, 50, 50)) {
      assertEquals("dcf0f9914c45c5be", hash(digits.train()));
      assertEquals("d549bc6a89a9ec1e", hash(digits.test()));
    }
  }

  @Test
  void anImageDependsOnSeedSplitAndIndexAlone() {
    try (var few = DrawnDigits.of(5, 13, 3);
        var many = DrawnDigits.of(5, 40, 20);
        var other = DrawnDigits.of(6, 13, 3)) {
      for (var i = 0; i < 13; i++) {
        assertArrayEquals(pixels(few.train(), i), pixels(many.train(), i));
        assertEquals(few.train().label(i), many.train().label(i));
      }
      assertArrayEquals(pixels(few.test(), 2), pixels(many.test(), 2));
      assertNotEquals(hash(few.train()), hash(other.train()));
      assertNotEquals(hash(few.train().slice(0, 3)), hash(few.test()));
    }
  }

  @Test
  void everyTenInARowHoldEachDigitOnceInAnOrderThatChanges() {
    try (var digits = DrawnDigits.of(1, 200, 0)) {
      var labels = digits.train().targets().toInts();
      for (var block = 0; block < 200; block += 10) {
        var ten = Arrays.copyOfRange(labels, block, block + 10);
        Arrays.sort(ten);
        assertArrayEquals(IntStream.range(0, 10).toArray(), ten);
      }
      var orders =
          IntStream.range(0, 20)
              .mapToObj(b -> Arrays.toString(Arrays.copyOfRange(labels, 10 * b, 10 * b + 10)));
      assertEquals(20, orders.distinct().count());
    }
  }

  @Test
  void noDigitIsFaintOrCutOffMuch() {
    try (var digits = DrawnDigits.of(2, 500, 500)) {
      for (var set : new Dataset[] {digits.train(), digits.test()}) {
        for (var i = 0; i < set.size(); i++) {
          var pixels = pixels(set, i);
          var ink = 0.0;
          var border = 0.0;
          for (var p = 0; p < 784; p++) {
            var edge = p < 28 || p >= 756 || p % 28 == 0 || p % 28 == 27;
            ink += pixels[p];
            border += edge ? pixels[p] : 0;
          }
          assertTrue(ink > 10, "image " + i + " of " + set + " holds only " + ink);
          assertTrue(border < 0.12 * ink, "image " + i + " of " + set + " is cut off");
        }
      }
    }
  }

  private static float[] pixels(Dataset set, int i) {
    return set.input(i).toFloats();
  }

  private static String hash(Dataset set) {
    try {
      var sum = MessageDigest.getInstance("SHA-256");
      var pixels = set.inputs().toFloats();
      var bytes = ByteBuffer.allocate(pixels.length + set.size());
      for (var pixel : pixels) {
        bytes.put((byte) Math.round(pixel * 255));
      }
      for (var i = 0; i < set.size(); i++) {
        bytes.put((byte) set.label(i));
      }
      return HexFormat.of().formatHex(sum.digest(bytes.array())).substring(0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
