package dev.vitrine.tensor.kernel.vector;

import static dev.vitrine.tensor.kernel.vector.Lanes.F;
import static dev.vitrine.tensor.kernel.vector.Lanes.I;
import static dev.vitrine.tensor.kernel.vector.Lanes.WIDTH;
import static dev.vitrine.tensor.kernel.vector.Raw.ALL;
import static dev.vitrine.tensor.kernel.vector.Raw.ORDER;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.NE;

import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Pool;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;

/**
 * dy [n, h, w, o] of a convolution, a few rows at a time: as it lies in memory, or as a max pool
 * behind the convolution sends it back.
 *
 * <p>The pool's windows don't overlap, so each pixel has its share from one window, or +0; it is
 * (+0 + dy)·(y &gt; 0 ? 1 : 0) if a relu is between, as the scatter and the product would give it.
 */
final class Gradient {
  private static final long NO_RELU = 0;

  private final Scratch.Buffer buffer;

  private int images;
  private int height;
  private int width;
  private int channels;
  private boolean pooled;
  private long dy;

  private long y;
  private long index;
  private int kernelH;
  private int kernelW;
  private int strideH;
  private int strideW;
  private int outH;
  private int outW;

  Gradient(Scratch.Buffer buffer) {
    this.buffer = buffer;
  }

  /** dy itself. */
  Gradient of(Tensor dy) {
    Shape s = dy.shape();
    shape(s.dim(0), s.dim(1), s.dim(2), s.dim(3));
    pooled = false;
    this.dy = dy.address();
    return this;
  }

  /** What a pool over images of h × w pixels sends back. */
  Gradient of(Pool pool, int h, int w, Tensor dy, Tensor y, Tensor index) {
    Shape s = dy.shape();
    shape(s.dim(0), h, w, s.dim(3));
    pooled = true;
    this.dy = dy.address();
    this.y = pool.relu() ? y.address() : NO_RELU;
    this.index = index.address();
    kernelH = pool.kh();
    kernelW = pool.kw();
    strideH = pool.strideH();
    strideW = pool.strideW();
    outH = s.dim(1);
    outW = s.dim(2);
    return this;
  }

  private void shape(int n, int h, int w, int c) {
    images = n;
    height = h;
    width = w;
    channels = c;
  }

  int images() {
    return images;
  }

  int height() {
    return height;
  }

  int width() {
    return width;
  }

  int channels() {
    return channels;
  }

  /** The address of rows {@code from} to {@code to} of all images, until the next call. */
  long rows(int from, int to) {
    long row = 4L * width * channels;
    if (!pooled) {
      return dy + from * row;
    }
    long rows = buffer.address((to - from) * row / 4);
    for (int r = from; r < to; r++) {
      row(r / height, r % height, rows + (r - from) * row);
    }
    return rows;
  }

  /** True if a pool sends back one pixel of each window. */
  boolean pooled() {
    return pooled;
  }

  /** Windows of all images. */
  long windows() {
    return pooled ? (long) images * outH * outW : 0;
  }

  /** Pixels of a window. */
  int windowSize() {
    return kernelH * kernelW;
  }

  /** True if no share can be an infinity or a NaN. */
  boolean finite() {
    return Sparse.finite(dy, windows() * channels);
  }

  /**
   * The channels of pixel (r, q) of image n with a share other than 0, ascending: {@code base +
   * step·channel} and these shares from {@code at} on, where a vector more than there are must have
   * room. Returns where they end.
   */
  int nonzero(int n, int r, int q, int base, int step, int[] places, float[] shares, int at) {
    int window = r / strideH;
    int k = q / strideW;
    if (window >= outH || r % strideH >= kernelH || k >= outW || q % strideW >= kernelW) {
      return at;
    }
    long first = 4L * (((long) n * outH + window) * outW + k) * channels;
    int place = (r * width + q) * channels;
    boolean relu = y != NO_RELU;
    return press(
        relu,
        dy + first,
        y + first,
        index + first,
        channels,
        place,
        base,
        step,
        places,
        shares,
        at);
  }

  private static int press(
      boolean relu,
      long dy,
      long y,
      long index,
      int channels,
      int place,
      int base,
      int step,
      int[] places,
      float[] shares,
      int at) {
    IntVector lane = IntVector.zero(I).addIndex(1);
    FloatVector zero = FloatVector.zero(F);
    FloatVector one = FloatVector.broadcast(F, 1);
    for (int c = 0; c < channels; c += WIDTH) {
      VectorMask<Float> m = Raw.first(channels - c);
      FloatVector share = zero.add(fromMemorySegment(F, ALL, dy + 4L * c, ORDER, m));
      if (relu) {
        FloatVector yi = fromMemorySegment(F, ALL, y + 4L * c, ORDER, m);
        share = share.mul(zero.blend(one, yi.compare(GT, 0)));
      }
      IntVector found = fromMemorySegment(F, ALL, index + 4L * c, ORDER, m).reinterpretAsInts();
      VectorMask<Float> won = found.sub(lane).eq(place + c).cast(F);
      VectorMask<Float> some = won.and(share.compare(NE, 0)).and(m);
      share.compress(some).intoArray(shares, at);
      lane.add(c).mul(step).add(base).compress(some.cast(I)).intoArray(places, at);
      at += some.trueCount();
    }
    return at;
  }

  /** Row r of image n. */
  private void row(int n, int r, long to) {
    int window = r / strideH;
    int seen = 0;
    if (window < outH && r % strideH < kernelH) {
      long first = 4L * ((long) n * outH + window) * outW * channels;
      seen = (outW - 1) * strideW + kernelW;
      int place = r * width * channels;
      boolean relu = y != NO_RELU;
      shares(
          relu, dy + first, y + first, index + first, outW, channels, kernelW, strideW, place, to);
    }
    Raw.fill(0, to + 4L * seen * channels, (width - seen) * channels);
  }

  /**
   * The pixels of n windows that lie in one row, and those up to the next window; the row begins at
   * {@code place} of its image.
   */
  private static void shares(
      boolean relu,
      long dy,
      long y,
      long index,
      int n,
      int channels,
      int kernel,
      int stride,
      int place,
      long to) {
    IntVector lane = IntVector.zero(I).addIndex(1);
    FloatVector zero = FloatVector.zero(F);
    FloatVector one = FloatVector.broadcast(F, 1);
    for (int c = 0; c < channels; c += WIDTH) {
      VectorMask<Float> m = Raw.first(channels - c);
      for (int i = 0; i < n; i++) {
        long at = 4L * (i * channels + c);
        FloatVector share = zero.add(fromMemorySegment(F, ALL, dy + at, ORDER, m));
        if (relu) {
          FloatVector yi = fromMemorySegment(F, ALL, y + at, ORDER, m);
          share = share.mul(zero.blend(one, yi.compare(GT, 0)));
        }
        IntVector found = fromMemorySegment(F, ALL, index + at, ORDER, m).reinterpretAsInts();
        int first = i * stride * channels + c;
        IntVector ahead = found.sub(lane).sub(place + first);
        int taps = i == n - 1 ? kernel : stride;
        for (int k = 0; k < taps; k++) {
          VectorMask<Float> here = ahead.eq(k * channels).cast(F);
          zero.blend(share, here)
              .intoMemorySegment(ALL, to + 4L * (first + k * channels), ORDER, m);
        }
      }
    }
  }
}
