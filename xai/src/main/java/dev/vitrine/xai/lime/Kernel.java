package dev.vitrine.xai.lime;

/**
 * How much a sample counts by its distance d to the explained row.
 *
 * @param width w, in units of d
 */
public record Kernel(Form form, double width) {
  /** The two forms that are in use. */
  public enum Form {
    /** √exp(−d²/w²), of lime. */
    LIME {
      @Override
      double of(double d, double w) {
        return Math.sqrt(StrictMath.exp(-d * d / (w * w)));
      }
    },
    /** exp(−d²/2w²), of Captum: the same function, written otherwise. */
    CAPTUM {
      @Override
      double of(double d, double w) {
        return StrictMath.exp(-d * d / (2 * w * w));
      }
    };

    abstract double of(double d, double w);
  }

  public Kernel {
    if (!(width > 0)) {
      throw new IllegalArgumentException(
          "kernel width: " + width + " given, more than 0 is needed");
    }
  }

  /** √exp(−d²/w²). */
  public static Kernel lime(double width) {
    return new Kernel(Form.LIME, width);
  }

  /** The weight at a distance. */
  public double of(double distance) {
    return form.of(distance, width);
  }

  @Override
  public String toString() {
    return (form == Form.LIME ? "sqrt exp(-d²/w²)" : "exp(-d²/2w²)") + ", w = " + width;
  }
}
