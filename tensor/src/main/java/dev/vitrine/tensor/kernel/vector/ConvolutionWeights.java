package dev.vitrine.tensor.kernel.vector;

import static dev.vitrine.tensor.kernel.vector.Panels.TILE;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Team;
import dev.vitrine.tensor.kernel.Window;

/**
 * dw[kh, kw, i, o] = Σ_{n, oh, ow} x[n, oh·s + kh·d − p, ow·s + kw·d − p, i]·dy[n, oh, ow, o].
 *
 * <p>Chunk by chunk of output rows: dy is the right operand; of x, six neighbours at a time of what
 * a row of the kernel sees are copied into the panel of the left one.
 */
final class ConvolutionWeights {
  private final Product product;
  private final Scratch.Buffer buffer;
  private final SparseWeights sparse = new SparseWeights();

  private Window g = Window.UNIT;
  private long x;
  private int height;
  private int width;
  private int channels;
  private int outputs;
  private int outH;
  private int outW;

  // the chunk: output rows of all images, columns of them, and where row `fromRow` of dy lies

  private int fromRow;
  private int toRow;
  private int fromColumn;
  private int points;
  private long rows;

  ConvolutionWeights(Product product, Scratch.Buffer buffer) {
    this.product = product;
    this.buffer = buffer;
  }

  void run(Team.Member member, Window g, Tensor x, Gradient dy, Tensor dw) {
    this.g = g;
    this.x = x.address();
    height = x.shape().dim(1);
    width = x.shape().dim(2);
    channels = x.shape().dim(3);
    outputs = dy.channels();
    outH = dy.height();
    outW = dy.width();
    int kernelH = dw.shape().dim(0);
    int kernelW = dw.shape().dim(1);
    int depth = dw.shape().dim(2);
    boolean neighbours = g.dilationW() == 1 && g.groups() == 1;
    int runs = neighbours ? 1 : kernelW; // a run: neighbours in x and rows of dw alike
    int run = neighbours ? kernelW * depth : depth;
    int tiles = Math.ceilDiv(run, TILE);
    int units = g.groups() * kernelH * runs * tiles;
    long work = dw.size() * dy.images() * outH * outW;
    int from = member.from(units, work);
    int to = member.to(units, work);
    if (from < to
        && SparseWeights.pays(g, dy, dw)
        && sparse.run(g, x, dy, row(from, tiles, run), row(to, tiles, run), dw)) {
      return;
    }
    int all = dy.images() * outH;
    int rowsPerChunk = Cuts.runs(outW);
    for (int r = 0; from < to && (r == 0 || r < all); r += rowsPerChunk) {
      fromRow = r;
      toRow = Math.min(all, r + rowsPerChunk);
      rows = dy.rows(fromRow, toRow);
      for (int q = 0; q == 0 || q < outW; q += Cuts.CHUNK) {
        fromColumn = q;
        points = Math.min(Cuts.CHUNK, outW - q);
        for (int unit = from; unit < to; ) {
          int group = unit / (kernelH * runs * tiles);
          int kh = unit / (runs * tiles) % kernelH;
          int kw = unit / tiles % runs;
          int first = unit % tiles;
          int last = Math.min(tiles, first + to - unit);
          tiles(kh, kw, group, run, first, last, tiles, dy.images(), dw);
          unit += last - first;
        }
      }
    }
  }

  /** The row of dw that a tile begins with, where a run is a row of the kernel. */
  private static int row(int unit, int tiles, int run) {
    return unit / tiles * run + (int) ((long) run * (unit % tiles) / tiles);
  }

  /** Tiles {@code first} to {@code last} of a run that starts at tap (kh, kw), this chunk. */
  private void tiles(
      int kh, int kw, int group, int run, int first, int last, int tiles, int images, Tensor dw) {
    int columns = outputs / g.groups();
    int depth = dw.shape().dim(2);
    long ldc = 4L * outputs;
    long shift = ((long) (kh * dw.shape().dim(1) + kw) * depth * outputs + group * columns) * 4;
    int down = kh * g.dilationH() - g.padH();
    int right = kw * g.dilationW() - g.padW();
    int start = images == 0 || outW == 0 ? -1 : firstInside(down);
    if (start < 0) { // nothing takes part in any chunk: +0
      int i = (int) ((long) run * first / tiles);
      int n = (int) ((long) run * last / tiles) - i;
      clear(dw.address() + shift + i * ldc, n, columns, ldc);
      return;
    }
    int k = right(group * columns, columns, down);
    for (int t = first; t < last && k > 0; t++) {
      int i = (int) ((long) run * t / tiles);
      int n = (int) ((long) run * (t + 1) / tiles) - i;
      left(down, right, group * depth + i, n);
      boolean store = fromRow <= start && fromColumn == 0; // the first chunk that is not left out
      product.packed(n, k, columns, store, dw.segment(), shift + i * ldc, ldc);
    }
  }

  /**
   * The first output row of an image that sees a row of it through this row of the kernel, or −1.
   */
  private int firstInside(int down) {
    int row = down < 0 ? Math.ceilDiv(-down, g.strideH()) : 0;
    return row < outH && inside(row, down) ? row : -1;
  }

  /** Packs the rows of dy that take part; how many points those are. */
  private int right(int shift, int columns, int down) {
    int taking = 0;
    for (int r = fromRow; r < toRow; r++) {
      taking += inside(r, down) ? 1 : 0;
    }
    int k = taking * points;
    long row = 4L * outW * outputs;
    long b = rows + 4 * ((long) fromColumn * outputs + shift);
    boolean together = taking == toRow - fromRow && points == outW;
    int whole = together ? Panels.whole(columns) : 0; // neighbours in dy too, or brought together
    long panels = buffer.address(Panels.size(k, columns - whole));
    int at = 0;
    for (int r = fromRow; r < toRow && whole < columns; r++) {
      if (inside(r, down)) {
        long line = b + (r - fromRow) * row + 4L * whole;
        Panels.pack(line, 4L * outputs, points, columns - whole, panels, at, k);
        at += points;
      }
    }
    product.right(b, 4L * outputs, whole, panels, k);
    return k;
  }

  /**
   * True if output row r (of all images) sees a row of the image through this row of the kernel.
   */
  private boolean inside(int r, int down) {
    int row = r % outH * g.strideH() + down;
    return row >= 0 && row < height;
  }

  /**
   * Packs what the chunk's points see of n neighbours, {@code first} floats behind the run's start.
   */
  private void left(int down, int right, int first, int n) {
    int q = fromColumn;
    int end = q + points;
    int firstColumn = right + first / channels;
    int lastColumn = right + (first + n - 1) / channels;
    int lo = Math.clamp(Math.ceilDiv(-firstColumn, g.strideW()), q, end);
    int hi = Math.clamp(Math.floorDiv(width - 1 - lastColumn, g.strideW()) + 1, lo, end);
    long to = product.leftPanel();
    for (int r = fromRow; r < toRow; r++) {
      if (inside(r, down)) {
        long row = (long) (r / outH) * height + r % outH * g.strideH() + down;
        long line = x + 4 * (row * width + right) * channels;
        edge(line, right, first, n, q, lo, to);
        long step = 4L * g.strideW() * channels;
        long start = line + lo * step + 4L * first;
        Panels.packLeft(start, step, n, hi - lo, to + (lo - q) * Panels.STEP);
        edge(line, right, first, n, hi, end, to + (hi - q) * Panels.STEP);
        to += points * Panels.STEP;
      }
    }
  }

  /** Points that see padding, which is +0. */
  private void edge(long line, int right, int first, int n, int q, int end, long to) {
    for (; q < end; q++) {
      long from = line + 4L * ((long) q * g.strideW() * channels + first);
      for (int i = 0; i < n; i++) {
        int column = q * g.strideW() + right + (first + i) / channels;
        boolean inside = column >= 0 && column < width;
        Raw.put(inside ? Raw.get(from + 4L * i) : 0, to + 4L * i);
      }
      to += Panels.STEP;
    }
  }

  private static void clear(long c, int rows, int columns, long ldc) {
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        Raw.put(0f, c + i * ldc + 4L * j);
      }
    }
  }
}
