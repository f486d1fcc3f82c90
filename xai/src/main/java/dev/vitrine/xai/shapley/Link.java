package dev.vitrine.xai.shapley;

/** The scale on which contributions add up. */
public enum Link {
  /** The explained number itself. */
  IDENTITY {
    @Override
    double of(double v) {
      return v;
    }
  },
  /** ln(p/(1 − p)) of a probability. */
  LOGIT {
    @Override
    double of(double p) {
      if (!(p >= 0 && p <= 1)) {
        throw new IllegalArgumentException(
            "the logit of %s: probabilities between 0 and 1 have one; explain".formatted(p)
                + " Target.probability(), or use Link.IDENTITY");
      }
      // a float's probability may round to 0 or 1: the nearest float that isn't has a logit
      double inside = Math.clamp(p, 0x1p-24, 1 - 0x1p-24);
      return StrictMath.log(inside / (1 - inside));
    }
  };

  abstract double of(double v);
}
