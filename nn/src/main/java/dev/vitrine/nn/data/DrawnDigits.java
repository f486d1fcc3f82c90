package dev.vitrine.nn.data;

import dev.vitrine.tensor.Philox;
import dev.vitrine.tensor.RandomStream;

/**
 * Handwritten digits that nobody wrote: 28 × 28 images drawn stroke by stroke, always at hand.
 *
 * <p>Each image is a {@link Glyphs shape} of its digit in a random {@link Style}, run along by a
 * {@link Pen}. Training and test digits have different {@link Hand writers}. Image i depends on
 * (seed, split, i) alone: more of them leave the earlier ones as they are. Every ten images in a
 * row hold each digit once.
 *
 * <p>With the default sizes a linear softmax gets 0.87 of the test digits right, the nearest
 * training image 0.92, and a CNN with two convolutions of 16 and 32 channels 0.98 to 0.99 after
 * four epochs.
 */
public final class DrawnDigits {
  /** The images that {@link #of(long)} draws. */
  public static final int TRAIN_SIZE = 10_000;

  public static final int TEST_SIZE = 2_000;

  private static final int CLASSES = GreyImages.DIGITS.size();

  private DrawnDigits() {}

  /** {@value #TRAIN_SIZE} training and {@value #TEST_SIZE} test digits. */
  public static Split of(long seed) {
    return of(seed, TRAIN_SIZE, TEST_SIZE);
  }

  /** As many as asked for; inputs [n, 28, 28, 1] in 0 to 1, labels [n]. */
  public static Split of(long seed, int train, int test) {
    return new Split(
        draw("drawn digits, train", Hand.TRAIN, seed, train),
        draw("drawn digits, test", Hand.TEST, seed, test));
  }

  private static Dataset draw(String name, Hand hand, long seed, int count) {
    var side = Writer.SIDE;
    var images = new GreyImages(name, count, side, side, GreyImages.DIGITS);
    for (var i = 0; i < count; i++) {
      var label = label(hand, seed, i);
      images.put(i, pixels(hand, seed, i, label), 0, label);
    }
    return images.dataset();
  }

  private static int label(Hand hand, long seed, int i) {
    return Philox.permutation(seed, hand.labels(), i / CLASSES, CLASSES)[i % CLASSES];
  }

  private static byte[] pixels(Hand hand, long seed, int i, int digit) {
    var random = new RandomStream(seed, hand.digits(), i);
    var glyph = hand.glyph(digit, random);
    return Writer.write(glyph, hand.style(random), random);
  }
}
