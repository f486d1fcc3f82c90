package dev.vitrine.cuda;

import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Window;
import org.jspecify.annotations.Nullable;

/**
 * Matrix products and convolutions, which are products too: tile by tile (product.h), and where
 * that leaves multiprocessors idle, chunk by chunk of k, the sums of chunks then joined in order.
 */
final class Products {
  private static final int AXES = 8;

  private final Gpu gpu;

  Products(Gpu gpu) {
    this.gpu = gpu;
  }

  void matmul(
      Launch l, boolean ta, boolean tb, Tensor a, Tensor b, @Nullable Tensor bias, Tensor y) {
    Shape s = y.shape();
    long m = s.dim(-2);
    long n = s.dim(-1);
    long k = a.shape().dim(ta ? -2 : -1);
    long matrices = m * n == 0 ? 0 : y.size() / (m * n);
    Blocks blocks = Blocks.of(gpu, Tile.LARGE, m, n, matrices, new Blocks.Runs(1, k));
    l.of("matmul.cu", blocks.tile().of("matmul_" + (ta ? "t" : "n") + (tb ? "t" : "n")));
    l.in(a).in(b).in(bias).out(y).put(matrices).put(m).put(n).put(k);
    l.put(ta ? 1 : k).put(ta ? m : 1).put(tb ? 1 : n).put(tb ? k : 1);
    chunks(l, blocks, y);
    leading(l, s, a.shape(), m * k, b.shape(), k * n);
    launch(l, blocks, m, n, matrices, bias, y);
  }

  /** The axes before the last two of y, the last first, and how far a and b move on along each. */
  private static void leading(Launch l, Shape y, Shape a, long inA, Shape b, long inB) {
    int axes = y.rank() - 2;
    if (axes > AXES) {
      throw new IllegalArgumentException(
          "%s: a product may have %d axes before the last two".formatted(y, AXES));
    }
    l.put(axes);
    for (int k = 0; k < AXES; k++) {
      int axis = axes - 1 - k;
      int n = axis < 0 ? 1 : y.dim(axis);
      int ofA = axis < 0 ? 1 : a.aligned(y.rank(), axis);
      int ofB = axis < 0 ? 1 : b.aligned(y.rank(), axis);
      l.put(n).put(ofA == 1 ? 0 : inA).put(ofB == 1 ? 0 : inB);
      inA *= ofA;
      inB *= ofB;
    }
  }

  void conv2d(Launch l, Window g, Tensor x, Tensor w, @Nullable Tensor bias, Tensor y) {
    Shape of = w.shape();
    var k = new Blocks.Runs((long) of.dim(0) * of.dim(1), of.dim(2));
    convolution(l, "conv2d", k, g, x, w, bias, y, x.shape(), of, y.shape());
  }

  void conv2dData(Launch l, Window g, Tensor dy, Tensor w, Tensor dx) {
    Shape of = w.shape();
    var k = new Blocks.Runs((long) of.dim(0) * of.dim(1), of.dim(3) / g.groups());
    convolution(l, "conv2d_data", k, g, dy, w, null, dx, dx.shape(), of, dy.shape());
  }

  void conv2dWeights(Launch l, Window g, Tensor x, Tensor dy, Tensor dw) {
    Shape of = dy.shape();
    var k = new Blocks.Runs((long) of.dim(0) * of.dim(1), of.dim(2));
    convolution(l, "conv2d_weights", k, g, x, dy, null, dw, x.shape(), dw.shape(), of);
  }

  /** A product for each group: of all but the last axis of the result with its part of that. */
  private void convolution(
      Launch l,
      String kernel,
      Blocks.Runs k,
      Window g,
      Tensor first,
      Tensor second,
      @Nullable Tensor bias,
      Tensor result,
      Shape x,
      Shape w,
      Shape y) {
    Shape s = result.shape();
    long rows = (long) s.dim(0) * s.dim(1) * s.dim(2);
    long columns = s.dim(3) / g.groups();
    Blocks blocks = Blocks.of(gpu, Tile.MEDIUM, rows, columns, g.groups(), k);
    l.of("convolution.cu", blocks.tile().of(kernel)).in(first).in(second).in(bias).out(result);
    l.image(x).image(y).put(w.dim(0)).put(w.dim(1)).window(g);
    chunks(l, blocks, result);
    launch(l, blocks, rows, columns, g.groups(), bias, result);
  }

  /** Where the sums of chunks go. */
  private void chunks(Launch l, Blocks b, Tensor y) {
    l.put(b.split() ? gpu.scratch() : 0).put(b.chunks()).put(y.size());
  }

  private void launch(
      Launch l, Blocks b, long rows, long columns, long products, @Nullable Tensor bias, Tensor y) {
    if (!b.split()) {
      l.blocks(b, rows, columns, products);
      return;
    }
    synchronized (gpu) {
      l.blocks(b, rows, columns, products);
      l.of("sums.cu", "sum_chunks").put(gpu.scratch()).in(bias).out(y);
      l.put(b.chunks()).put(y.size()).put(y.shape().dim(-1)).each(y.size());
    }
  }
}
