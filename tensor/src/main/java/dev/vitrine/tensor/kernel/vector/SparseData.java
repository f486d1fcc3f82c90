package dev.vitrine.tensor.kernel.vector;

import static dev.vitrine.tensor.kernel.vector.Lanes.WIDTH;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Window;
import java.util.Arrays;

/**
 * dx of a convolution behind which a max pool stands ({@link Sparse}).
 *
 * <p>Each pixel of dy that is not 0 in some channels adds to the pixels of dx under its kernel;
 * from the last pixel of dy to the first, so that each pixel of dx meets its kernel's rows and
 * columns ascending. The sums of an image wait in memory, with a frame that takes what falls
 * outside; each chunk of taps has an image of sums to itself. Six vectors of a pixel's sums at a
 * time pass over the whole image, because only their weights fit into the first-level cache.
 */
final class SparseData {
  private final Scratch.Buffer weights = new Scratch.Buffer();
  private final Scratch.Buffer sums = new Scratch.Buffer();

  private Window g = Window.UNIT;
  private int height;
  private int width;
  private int channels;
  private int reach;

  /** Channels of a pixel of sums, filled up to whole vectors. */
  private int filled;

  /** Of an image of sums with its frame. */
  private int lines;

  private int columns;
  private long image;
  private int chunks;

  /** Floats of weights for a channel of dy, [kh, kw, i]. */
  private int step;

  /** Where vectors of weights lie, and where their sums do, from the first tap's pixel on. */
  private long[] from = {};

  private long[] to = {};
  private int vectors;

  // dy of an image: pixels with some shares, where their sums begin, where their shares end

  private long[] pixels = {};
  private int[] ends = {};
  private int[] places = {};
  private float[] shares = {};

  /** Fewer operations this way? */
  static boolean pays(Window g, Gradient dy, Tensor w, Tensor dx) {
    int taps = w.shape().dim(0) * w.shape().dim(1);
    int inputs = dx.shape().dim(3);
    if (!Sparse.POSSIBLE
        || dy.windows() == 0
        || g.groups() != 1
        || inputs == 0
        || dy.channels() > Cuts.CHUNK) {
      return false;
    }
    double vectors = Math.ceilDiv(inputs, WIDTH);
    double pixels = (double) dy.windows() * dy.windowSize();
    double here = dy.windows() * dy.channels() * (0.8 * taps * vectors + 3) + pixels * 60;
    double there = 0.7 * dx.size() / inputs * dy.channels() * taps * vectors;
    return here < there / (g.strideH() * g.strideW());
  }

  /** False: some weight is not finite. */
  boolean prepare(Window window, Gradient dy, Tensor w, Tensor dx) {
    if (!Sparse.finite(w.address(), w.size())) {
      return false;
    }
    g = window;
    height = dx.shape().dim(1);
    width = dx.shape().dim(2);
    channels = dx.shape().dim(3);
    filled = Math.ceilDiv(channels, WIDTH) * WIDTH;
    int kh = w.shape().dim(0);
    int kw = w.shape().dim(1);
    reach = (kh - 1) * g.dilationH();
    lines = (dy.height() - 1) * g.strideH() + reach + 1;
    columns = (dy.width() - 1) * g.strideW() + (kw - 1) * g.dilationW() + 1;
    image = 4L * lines * columns * filled;
    int taps = kh * kw;
    int perChunk = Cuts.runs(dy.channels());
    chunks = Math.ceilDiv(taps, perChunk);
    step = taps * filled;
    pack(w, dy.channels(), taps);

    vectors = step / WIDTH;
    if (from.length < vectors) {
      from = new long[vectors];
      to = new long[vectors];
    }
    for (int v = 0; v < vectors; v++) {
      int tap = v * WIDTH / filled;
      int channel = v * WIDTH % filled;
      int pixel = tap / kw * g.dilationH() * columns + tap % kw * g.dilationW();
      from[v] = 4L * v * WIDTH;
      to[v] = tap / perChunk * image + 4L * ((long) pixel * filled + channel);
    }
    return true;
  }

  /** [kh, kw, i, o] to [o, kh, kw, i]. */
  private void pack(Tensor w, int outputs, int taps) {
    long to = weights.address((long) outputs * step);
    Raw.fill(0, to, outputs * step);
    for (int t = 0; t < taps; t++) {
      for (int i = 0; i < channels; i++) {
        long row = w.address() + 4L * outputs * (t * channels + i);
        for (int o = 0; o < outputs; o++) {
          Raw.put(Raw.get(row + 4L * o), to + 4L * (o * step + t * filled + i));
        }
      }
    }
  }

  /** The rows first … last − 1 of image n. False: some sum ended as −0. */
  boolean rows(Gradient dy, int n, int first, int last, Tensor dx) {
    long at = sums.address(chunks * image / 4);
    Raw.fill(0, at, (int) (chunks * image / 4));
    int number = collect(dy, n, first, last);
    long w = weights.address((long) dy.channels() * step);
    for (int v = 0; v < vectors; v += 6) {
      int begin = 0;
      for (int p = 0; p < number; p++) {
        long sum = at + pixels[p];
        Sparse.add(places, shares, begin, ends[p], w, from, sum, to, v, vectors);
        begin = ends[p];
      }
    }
    boolean sure = true;
    for (int row = first; row < last; row++) {
      sure &= put(at, row, dx.address() + 4L * ((long) n * height + row) * width * channels);
    }
    return sure;
  }

  /** What the pixels of dy send to these rows; how many send something. */
  private int collect(Gradient dy, int n, int first, int last) {
    int all = dy.height() * dy.width();
    if (pixels.length < all) {
      pixels = new long[all];
      ends = new int[all];
    }
    int number = 0;
    int end = 0;
    for (int row = dy.height() - 1; row >= 0; row--) {
      int top = row * g.strideH() - g.padH();
      if (top >= last || top + reach < first) {
        continue;
      }
      int most = end + dy.width() * dy.channels() + WIDTH;
      if (places.length < most) {
        places = Arrays.copyOf(places, 2 * most);
        shares = Arrays.copyOf(shares, 2 * most);
      }
      for (int q = dy.width() - 1; q >= 0; q--) {
        int begin = end;
        end = dy.nonzero(n, row, q, 0, 4 * step, places, shares, begin);
        pixels[number] = 4L * (row * g.strideH() * columns + q * g.strideW()) * filled;
        ends[number] = end;
        number += end > begin ? 1 : 0;
      }
    }
    return number;
  }

  /** A row of dx is the sum of its chunks; false: one of them is −0. */
  private boolean put(long at, int row, long dx) {
    int line = row + g.padH();
    int inside = line < lines ? Math.clamp(columns - g.padW(), 0, width) : 0;
    long first = at + 4L * ((long) line * columns + g.padW()) * filled;
    int floats = inside * filled;
    boolean sure = Sparse.sure(first, floats);
    for (int chunk = 1; chunk < chunks; chunk++) {
      long more = first + chunk * image;
      sure &= Sparse.sure(more, floats);
      for (int i = 0; i < floats; i += WIDTH) {
        Raw.put(Raw.vector(first + 4L * i).add(Raw.vector(more + 4L * i)), first + 4L * i);
      }
    }
    if (filled == channels) {
      Raw.copy(first, dx, floats);
    } else {
      for (int p = 0; p < inside; p++) {
        Raw.copy(first + 4L * p * filled, dx + 4L * p * channels, channels);
      }
    }
    Raw.fill(0, dx + 4L * inside * channels, (width - inside) * channels);
    return sure;
  }
}
