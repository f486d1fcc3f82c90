package dev.vitrine.nn.data;

import dev.vitrine.tensor.RandomStream;

/**
 * A group of writers: the ranges in which their {@link Style}s lie, every value equally likely.
 *
 * <p>Training and test digits come from different groups, so a model must have understood more than
 * the habits of those it has seen.
 *
 * @param habit how often the commonest shape of a digit is taken: shape ⌊n·u^habit⌋ of n
 * @param aspect width per height
 * @param specks at most so many
 * @param labels random stream of the order of the digits
 * @param digits random stream of everything else
 */
record Hand(
    double habit,
    Range slant,
    Range turn,
    Range bend,
    Range height,
    Range aspect,
    Range offset,
    Range jitter,
    Range radius,
    Range pressure,
    Range ink,
    Range grain,
    int specks,
    int labels,
    int digits) {

  static final Hand TRAIN =
      new Hand(
          1.4, // habit
          range(-0.25, 0.42), // slant
          range(-0.20, 0.20), // turn
          range(-0.10, 0.10), // bend
          range(17, 21.5), // height
          range(0.75, 1.05), // aspect
          range(-2.2, 2.2), // offset
          range(0.010, 0.030), // jitter
          range(0.85, 1.7), // radius
          range(0, 0.35), // pressure
          range(0.8, 1), // ink
          range(0, 0.25), // grain
          1, // specks
          Streams.TRAIN_LABELS,
          Streams.TRAIN_DIGITS);

  /** They lean further, write smaller, thinner, paler and less steadily, and like rarer shapes. */
  static final Hand TEST =
      new Hand(
          1.2, // habit
          range(-0.10, 0.47), // slant
          range(-0.16, 0.24), // turn
          range(-0.12, 0.12), // bend
          range(16, 20.5), // height
          range(0.80, 1.10), // aspect
          range(-2.2, 2.2), // offset
          range(0.015, 0.036), // jitter
          range(0.75, 1.4), // radius
          range(0.1, 0.45), // pressure
          range(0.65, 0.95), // ink
          range(0.05, 0.30), // grain
          2, // specks
          Streams.TEST_LABELS,
          Streams.TEST_DIGITS);

  /** Both bounds of one parameter. */
  record Range(double low, double high) {
    double draw(RandomStream random) {
      return low + (high - low) * random.uniform();
    }
  }

  private static Range range(double low, double high) {
    return new Range(low, high);
  }

  /** One of the shapes of a digit. */
  Glyph glyph(int digit, RandomStream random) {
    var shapes = Glyphs.of(digit);
    return shapes.get((int) (shapes.size() * StrictMath.pow(random.uniform(), habit)));
  }

  /** One style of this group. */
  Style style(RandomStream random) {
    var tall = height.draw(random);
    return new Style(
        slant.draw(random),
        turn.draw(random),
        bend.draw(random),
        tall * aspect.draw(random),
        tall,
        offset.draw(random),
        offset.draw(random),
        jitter.draw(random),
        radius.draw(random),
        pressure.draw(random),
        ink.draw(random),
        grain.draw(random),
        random.below(specks + 1));
  }
}
