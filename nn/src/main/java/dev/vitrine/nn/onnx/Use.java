package dev.vitrine.nn.onnx;

import dev.vitrine.nn.Init;
import dev.vitrine.nn.Inits;

/**
 * What an array of weights is for. The same array used twice in one way is one parameter.
 *
 * @param name tells uses apart that keep the array in different orders
 * @param init where it starts if it is drawn anew
 * @param trained false: running statistics
 */
record Use(String name, Init init, boolean trained) {
  private static final Init BY_FAN_IN =
      (t, seed, stream) -> Inits.standard(Inits.fanIn(t.shape())).fill(t, seed, stream);

  /** Of a convolution, [kh, kw, in/groups, out]. */
  static final Use KERNEL = new Use("kernel", BY_FAN_IN, true);

  /** Of a product, [in, out]. */
  static final Use MATRIX = new Use("matrix", BY_FAN_IN, true);

  /** Of a product, [out, in] in the file. */
  static final Use TRANSPOSED = new Use("matrix transposed", BY_FAN_IN, true);

  static final Use BIAS = new Use("bias", Init.ZEROS, true);

  /** γ of a norm. */
  static final Use SCALE = new Use("scale", Init.ONES, true);

  /** A term or factor, element by element. */
  static final Use OPERAND = new Use("operand", Init.ONES, true);

  static final Use MEAN = new Use("mean", Init.ZEROS, false);
  static final Use VARIANCE = new Use("variance", Init.ONES, false);

  /** The same for an array kept in another order. */
  Use in(String order) {
    return new Use(name + " " + order, init, trained);
  }
}
