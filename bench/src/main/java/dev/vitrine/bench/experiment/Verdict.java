package dev.vitrine.bench.experiment;

import java.util.Locale;

/** What two outcomes of one experiment are to each other. */
public sealed interface Verdict {
  /** Every hash is the same. */
  record SameBits() implements Verdict {
    @Override
    public String toString() {
      return "same bits";
    }
  }

  /**
   * Not the same bits, but no figure is further off than its own uncertainty.
   *
   * @param most by which a figure is off
   * @param first what differs first
   */
  record SameWithin(double most, String first) implements Verdict {
    @Override
    public String toString() {
      return String.format(Locale.ROOT, "same within %.2g, first different: %s", most, first);
    }
  }

  /**
   * A figure is further off than its uncertainty.
   *
   * @param figure the one that is furthest off, of those that are too far off
   */
  record Different(String figure, double now, double then, String first) implements Verdict {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "different, first: %s; furthest off: %s, %.4f instead of %.4f",
          first,
          figure,
          now,
          then);
    }
  }

  /** There is nothing to compare with. */
  record Unrecorded(String why) implements Verdict {
    @Override
    public String toString() {
      return why;
    }
  }

  /** False if something was to be reproduced and was not. */
  default boolean good() {
    return !(this instanceof Different);
  }
}
