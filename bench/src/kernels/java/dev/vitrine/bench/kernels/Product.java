package dev.vitrine.bench.kernels;

import dev.vitrine.tensor.Shape;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** C [m, n] = A [m, k]·B [k, n]; {@code ta}, {@code tb}: that operand lies there transposed. */
record Product(boolean ta, boolean tb, int m, int k, int n) {
  private static final Pattern FORM = Pattern.compile("([NT])([NT]) (\\d+)x(\\d+)x(\\d+)");

  /** {@code NT 128x784x128}: A as it is, B transposed, then m, k and n. */
  static Product parse(String text) {
    Matcher f = FORM.matcher(text);
    if (!f.matches()) {
      throw new IllegalArgumentException(
          "\"%s\" is no product: write one like \"NT 128x784x128\"".formatted(text));
    }
    return new Product(
        f.group(1).equals("T"),
        f.group(2).equals("T"),
        Integer.parseInt(f.group(3)),
        Integer.parseInt(f.group(4)),
        Integer.parseInt(f.group(5)));
  }

  Shape left() {
    return ta ? Shape.of(k, m) : Shape.of(m, k);
  }

  Shape right() {
    return tb ? Shape.of(n, k) : Shape.of(k, n);
  }

  Shape product() {
    return Shape.of(m, n);
  }

  double flops() {
    return 2.0 * m * k * n;
  }
}
