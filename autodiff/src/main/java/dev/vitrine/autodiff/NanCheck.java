package dev.vitrine.autodiff;

import dev.vitrine.tensor.DType;
import dev.vitrine.tensor.Tensor;

/** Names the first node that produced a NaN; switched on by {@code -Dvitrine.check=nan}. */
public final class NanCheck {
  private NanCheck() {}

  /** Refuses a NaN in {@code value}, naming {@code node} and the element. */
  public static void check(String node, Tensor value) {
    if (value.dtype() != DType.FLOAT32) {
      return;
    }
    for (long i = 0; i < value.size(); i++) {
      if (Float.isNaN(value.at(i))) {
        throw new ArithmeticException("NaN in element " + i + " of " + node);
      }
    }
  }
}
