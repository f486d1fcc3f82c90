package dev.vitrine.tensor.kernel.vector;

import static dev.vitrine.tensor.kernel.vector.Lanes.WIDTH;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Window;

/**
 * dw of a convolution behind which a max pool stands ({@link Sparse}).
 *
 * <p>Pixels are sorted by the channels of dy that have a share in them; then a channel's weights,
 * six vectors of sums at a time, take x under the kernel at one pixel after the other. This goes on
 * by bands of rows, so that x stays in the first-level cache while all channels pass over it.
 */
final class SparseWeights {
  /** Floats of x that stay there. */
  private static final int CACHED = 6 << 10;

  private final Scratch.Buffer buffer = new Scratch.Buffer();

  private Window g = Window.UNIT;
  private int channels;
  private int outputs;

  /** Floats of a line of x. */
  private int line;

  // vectors of sums of a channel: where each is in x under a kernel, which row of dw it begins
  // with,
  // which of its rows are its own

  private int vectors;
  private long[] under = {};
  private int[] row = {};
  private int[] own = {};
  private int[] end = {};
  private long[] at = {};
  private long sums;
  private long totals;

  // for each channel the places in x of pixels where it has a share, {@code room} for each

  private int room;
  private int[] places = {};
  private float[] shares = {};
  private int[] ends = {};

  // of one pixel

  private int[] some = {};
  private float[] with = {};

  /** Fewer operations this way? */
  static boolean pays(Window g, Gradient dy, Tensor dw) {
    int span = dw.shape().dim(1) * dw.shape().dim(2);
    if (!Sparse.POSSIBLE
        || dy.windows() == 0
        || g.groups() != 1
        || g.dilationW() != 1
        || g.padH() != 0
        || g.padW() != 0
        || span < WIDTH
        || dy.width() > Cuts.CHUNK) {
      return false;
    }
    double all = dw.shape().dim(0) * span;
    double outputVectors = Math.ceilDiv(dy.channels(), WIDTH);
    double pixels = (double) dy.images() * dy.height() * dy.width();
    double here =
        dy.windows() * dy.channels() * (0.8 * all / WIDTH + 6) + pixels * 12 * outputVectors;
    return here < 0.7 * pixels * all * outputVectors;
  }

  /** The rows first … last − 1 of dw. False: something is not finite, or some sum ended as −0. */
  boolean run(Window window, Tensor x, Gradient dy, int first, int last, Tensor dw) {
    if (!dy.finite()) {
      return false;
    }
    g = window;
    channels = x.shape().dim(3);
    outputs = dy.channels();
    line = x.shape().dim(2) * channels;
    int kernelH = dw.shape().dim(0);
    int span = dw.shape().dim(1) * channels;
    place(first, last, span);
    long size = (long) outputs * vectors * WIDTH;
    sums = buffer.address(2 * size);
    totals = sums + 4 * size;
    Raw.fill(0, sums, (int) (2 * size));

    int reach = (kernelH - 1) * g.dilationH();
    int band = Math.max(1, (CACHED / line - reach) / g.strideH());
    reserve(band * dy.width());
    int perChunk = Cuts.runs(dy.width());
    int all = dy.images() * dy.height();
    for (int r = 0, next; r < all; r = next) {
      // to the end of the chunk, of the image or of the band
      int start = r / dy.height() * dy.height();
      int chunk = (r / perChunk + 1) * perChunk;
      next = Math.min(Math.min(all, chunk), Math.min(start + dy.height(), r + band));
      int low = (r - start) * g.strideH();
      int high = (next - 1 - start) * g.strideH() + reach + 1;
      long seen = x.address() + 4L * ((long) r / dy.height() * x.shape().dim(1) + low) * line;
      if (!Sparse.finite(seen, (long) (high - low) * line)) {
        return false;
      }
      sort(dy, r / dy.height(), r - start, next - start);
      for (int o = 0; o < outputs; o++) {
        long sum = sums + 4L * o * vectors * WIDTH;
        for (int v = 0; v < vectors; v += 6) {
          Sparse.add(places, shares, o * room, ends[o], seen, under, sum, at, v, vectors);
        }
      }
      if ((next == chunk || next == all) && !finishChunk(size)) {
        return false;
      }
    }
    for (int v = 0; v < vectors; v++) {
      write(v, dw);
    }
    return true;
  }

  /**
   * Vectors of neighbours in a line of x. The last one of a line ends with it and repeats what it
   * shares with the one before.
   */
  private void place(int first, int last, int span) {
    vectors = 0;
    int most = (last - first) / WIDTH + 2 * (last - first) / span + 4;
    if (under.length < most) {
      under = new long[most];
      at = new long[most];
      row = new int[most];
      own = new int[most];
      end = new int[most];
    }
    for (int r = first; r < last; ) {
      int kh = r / span;
      int stop = Math.min(last, (kh + 1) * span);
      for (; r < stop; r += WIDTH) {
        int start = Math.min(r, (kh + 1) * span - WIDTH);
        row[vectors] = start;
        own[vectors] = r;
        end[vectors] = Math.min(stop, r + WIDTH);
        at[vectors] = 4L * vectors * WIDTH;
        under[vectors++] = 4L * (kh * g.dilationH() * line + start - kh * span);
      }
      r = stop;
    }
  }

  private void reserve(int pixels) {
    room = pixels;
    if (places.length < outputs * room) {
      places = new int[outputs * room];
      shares = new float[outputs * room];
    }
    if (ends.length < outputs) {
      ends = new int[outputs];
      some = new int[outputs + WIDTH];
      with = new float[outputs + WIDTH];
    }
  }

  private void sort(Gradient dy, int n, int first, int last) {
    for (int o = 0; o < outputs; o++) {
      ends[o] = o * room;
    }
    for (int r = first; r < last; r++) {
      for (int q = 0; q < dy.width(); q++) {
        int count = dy.nonzero(n, r, q, 0, 1, some, with, 0);
        int place = 4 * ((r - first) * g.strideH() * line + q * g.strideW() * channels);
        for (int i = 0; i < count; i++) {
          int at = ends[some[i]]++;
          places[at] = place;
          shares[at] = with[i];
        }
      }
    }
  }

  /** Total += sum, sum = 0. False: some sum is −0. */
  private boolean finishChunk(long size) {
    if (!Sparse.sure(sums, size)) {
      return false;
    }
    for (long i = 0; i < 4 * size; i += Raw.VECTOR) {
      Raw.put(Raw.vector(totals + i).add(Raw.vector(sums + i)), totals + i);
    }
    Raw.fill(0, sums, (int) size);
    return true;
  }

  /** The rows of dw that are vector v's own. */
  private void write(int v, Tensor dw) {
    for (int r = own[v]; r < end[v]; r++) {
      long from = totals + 4L * (v * WIDTH + r - row[v]);
      for (int o = 0; o < outputs; o++) {
        float total = Raw.get(from + 4L * o * vectors * WIDTH);
        Raw.put(total, dw.address() + 4L * (r * outputs + o));
      }
    }
  }
}
