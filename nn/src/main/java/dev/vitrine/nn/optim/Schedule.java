package dev.vitrine.nn.optim;

/**
 * (base rate, step) → rate, in double. Steps count from 0 and are whatever the trainer calls one:
 * optimiser steps or epochs. Formulas and defaults are PyTorch's closed forms.
 */
@FunctionalInterface
public interface Schedule {
  double rate(double base, int step);

  /** base. */
  static Schedule constant() {
    return (base, step) -> base;
  }

  /** base·γ^⌊step/every⌋. */
  static Schedule step(int every, double gamma) {
    Ranges.positive("the number of steps between drops", every);
    return (base, step) -> {
      int drops = step / every;
      return base * StrictMath.pow(gamma, drops);
    };
  }

  /** base·γ^(number of milestones reached). */
  static Schedule multiStep(double gamma, int... milestones) {
    int[] m = milestones.clone();
    return (base, step) -> {
      int reached = 0;
      for (int at : m) {
        reached += step >= at ? 1 : 0;
      }
      return base * StrictMath.pow(gamma, reached);
    };
  }

  /** base·γ^step. */
  static Schedule exponential(double gamma) {
    return (base, step) -> base * StrictMath.pow(gamma, step);
  }

  /**
   * From base to {@code least} and, after {@code steps}, back again. Loshchilov and Hutter 2017,
   * eq. 5.
   */
  static Schedule cosine(int steps, double least) {
    Ranges.positive("the number of steps", steps);
    return (base, step) -> cosine(base, least, (double) step / steps);
  }

  /**
   * Climbs by equal amounts for {@code steps} steps up to where {@code then} starts, and goes on
   * with it.
   */
  static Schedule warmUp(int steps, Schedule then) {
    Ranges.notNegative("the number of warm-up steps", steps);
    return (base, step) ->
        step < steps
            ? then.rate(base, 0) * (step + 1) / (steps + 1)
            : then.rate(base, step - steps);
  }

  /** {@link #oneCycle(int, double, double, double)} with 0.3, 25 and 10⁴. */
  static Schedule oneCycle(int steps) {
    return oneCycle(steps, 0.3, 25, 1e4);
  }

  /**
   * Half a cosine from base/{@code start} up to base during the first {@code share} of the steps,
   * another one down to base/({@code start}·{@code end}). Smith and Topin 2018; the momentum stays
   * as it is.
   */
  static Schedule oneCycle(int steps, double share, double start, double end) {
    Ranges.positive("the number of steps", steps);
    Ranges.share("the climbing share", share);
    double top = share * steps - 1;
    double last = steps - 1;
    return (base, step) -> {
      if (step > last) {
        throw new IllegalArgumentException(
            "step %d of a cycle of %d steps, which count from 0; make the cycle longer"
                .formatted(step, steps));
      }
      return top > 0 && step <= top
          ? cosine(base / start, base, step / top)
          : cosine(base, base / start / end, (step - top) / (last - top));
    };
  }

  /** Half a cosine wave: {@code from} at 0, {@code to} at 1. */
  private static double cosine(double from, double to, double at) {
    return to + (from - to) * (1 + StrictMath.cos(Math.PI * at)) / 2;
  }
}
