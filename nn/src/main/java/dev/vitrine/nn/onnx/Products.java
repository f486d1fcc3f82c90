package dev.vitrine.nn.onnx;

import dev.vitrine.autodiff.Var;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.kernel.Window;
import org.jspecify.annotations.Nullable;

/** Σ x·w (+ b): the operators whose weights a network learns. */
final class Products {
  private static final int X = 0;
  private static final int W = 1;
  private static final int B = 2;

  private Products() {}

  /** y = α·x·w + β·b, x or w transposed where the node says so. */
  static Value gemm(Call c) {
    if (c.whole("transA", 0) != 0) {
      throw c.refuse("transA = 1 would mix the rows of a batch; transpose its input before");
    }
    boolean transposed = c.whole("transB", 0) != 0;
    float alpha = c.real("alpha", 1);
    float beta = c.has(B) ? c.real("beta", 1) : 0;
    if (!c.isKnown(W)) {
      throw c.refuse("its weight is computed from the batch; MatMul can do that, Gemm cannot");
    }
    if (c.shape(X).rank() != 2) {
      throw c.refuse("its input has shape %s, [n, i] is needed".formatted(c.shape(X)));
    }
    Live x = c.live(X).row();
    Var w = matrix(c, x, transposed);
    boolean plain = alpha == 1 && (beta == 0 || beta == 1 && isRow(c, w.shape().dim(1)));
    Var y = x.v().linear(w, plain && beta == 1 ? bias(c) : null);
    if (!plain) {
      y = alpha == 1 ? y : y.scale(alpha);
      Var b = c.isKnown(B) ? c.weight(B, Use.OPERAND) : c.live(B).written();
      y = beta == 0 ? y : y.add(beta == 1 ? b : b.scale(beta));
    }
    return Live.written(y);
  }

  /** y = x·w over the last two axes; input 2, if there is one, is a row that is added. */
  static Value matMul(Call c) {
    if (!c.isKnown(W) || c.shape(W).rank() != 2 || c.shape(X).rank() < 2) {
      Var y = c.live(X).written().matmul(c.live(W).written());
      return Live.written(c.has(B) ? y.add(c.weight(B, Use.BIAS)) : y);
    }
    Live x = c.live(X);
    if (x.shape().rank() == 2) {
      Live row = x.row();
      return Live.written(row.v().linear(matrix(c, row, false), c.has(B) ? bias(c) : null));
    }
    Var y = x.written().matmul(c.weight(W, Use.MATRIX));
    return Live.written(c.has(B) ? y.add(bias(c)) : y);
  }

  /** The weight [in, out], its rows in the order in which the tape has the input's columns. */
  private static Var matrix(Call c, Live x, boolean transposed) {
    Use use = transposed ? Use.TRANSPOSED : Use.MATRIX;
    if (c.shape(W).rank() != 2 || c.shape(W).dim(transposed ? 1 : 0) != x.shape().dim(1)) {
      throw c.refuse("its weight has shape %s, its input %s".formatted(c.shape(W), x.shape()));
    }
    if (x.order() != Live.Order.ROW) {
      return c.weight(W, use, w -> transposed ? w.permuted(1, 0) : w);
    }
    int channels = x.channels();
    return c.weight(
        W,
        use.in("of " + channels + " channels last"),
        w -> {
          Known.Real rows = transposed ? w.permuted(1, 0) : w;
          int out = rows.shape().dim(1);
          int pixels = rows.shape().dim(0) / channels;
          Shape columns = Shape.of(pixels * channels, out);
          return new Known.Real(Shape.of(channels, pixels, out), rows.values())
              .permuted(1, 0, 2)
              .reshaped(columns);
        });
  }

  private static boolean isRow(Call c, int out) {
    Shape b = c.shape(B);
    return c.isKnown(B) && b.size() == out && b.rank() > 0 && b.dim(-1) == out;
  }

  private static Var bias(Call c) {
    return c.weight(B, Use.BIAS, b -> new Known.Real(Shape.of(b.values().length), b.values()));
  }

  /** y = x ⋆ w + b for images. */
  static Value conv(Call c) {
    if (!c.isKnown(W)) {
      throw c.refuse("its kernel is computed from the batch, a constant is needed");
    }
    Shape k = c.shape(W);
    Live x = c.live(X);
    if (k.rank() != 4 || x.shape().rank() != 4) {
      throw c.refuse(
          "input %s and kernel %s: only images [n, c, h, w] and kernels [o, c, kh, kw] can be convolved"
              .formatted(x.shape(), k));
    }
    Sliding s = Sliding.of(c, x.shape(), k.dim(2), k.dim(3));
    Window window = s.window().groups(Math.max(1, c.whole("group", 1)));
    Var w = c.weight(W, Use.KERNEL, o -> o.permuted(2, 3, 1, 0));
    @Nullable Var b = c.has(B) ? bias(c) : null;
    return Live.last(s.padded(x.last(), 0).conv2d(window, w, b));
  }
}
