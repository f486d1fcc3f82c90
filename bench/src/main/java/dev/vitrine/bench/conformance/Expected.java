package dev.vitrine.bench.conformance;

import dev.vitrine.tensor.Shape;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A result that a case demands. */
record Expected(String name, Numbers want, Tolerance tolerance) {

  /**
   * What a computed value is worth against it; {@code null} = it was not computed, which is a
   * failure.
   */
  Verdict judge(@Nullable Numbers got) {
    if (got == null) {
      return Verdict.failed(name + " was not computed");
    }
    if (!got.shape().equals(want.shape())) {
      return Verdict.failed(
          "%s has shape %s, expected %s".formatted(name, got.shape(), want.shape()));
    }
    double worst = 0;
    int at = 0;
    for (int i = 0; i < want.values().length; i++) {
      double q = tolerance.fraction(got.values()[i], want.values()[i]);
      if (q > worst) {
        worst = q;
        at = i;
      }
    }
    if (worst <= 1) {
      return Verdict.passed(worst);
    }
    return new Verdict(
        Verdict.Status.FAILED,
        worst,
        String.format(
            Locale.ROOT,
            "%s%s is %.9g, expected %.9g: off by %.3g tolerances",
            name,
            place(want.shape(), at),
            got.values()[at],
            want.values()[at],
            worst));
  }

  private static String place(Shape shape, int element) {
    if (shape.rank() == 0) {
      return "";
    }
    int[] index = new int[shape.rank()];
    int rest = element;
    for (int i = index.length - 1; i >= 0; i--) {
      index[i] = rest % shape.dim(i);
      rest /= shape.dim(i);
    }
    return java.util.Arrays.toString(index);
  }
}
