package dev.vitrine.tensor.kernel.vector;

import static dev.vitrine.tensor.kernel.vector.Lanes.WIDTH;
import static dev.vitrine.tensor.kernel.vector.Panels.STRIP;
import static dev.vitrine.tensor.kernel.vector.Panels.TILE;
import static jdk.incubator.vector.VectorOperators.LE;

import dev.vitrine.tensor.kernel.Activation;
import dev.vitrine.tensor.kernel.Unary;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import org.jspecify.annotations.Nullable;

/**
 * C = f(A·B + bias) out of tiles, bias and f if there are any; matmul and the convolutions all end
 * here.
 *
 * <p>Whole strips of B are read where they lie, or from {@link Panels}; the last columns, which
 * don't fill a strip, always from panels. The rows of C are cut into tiles of 6 (balanced, so that
 * the last one is not nearly empty), its columns into strips. A tile's part of A stays in the first
 * cache while it passes over the strips. A tile sums one chunk of k; the first chunk's sums are
 * stored, later ones are added. What follows the sums is done while a tile's rows are in the cache.
 */
final class Product {
  /** In place of the address of a bias. */
  static final long NO_BIAS = 0;

  /** Where the chunks of k end. */
  final Cuts cuts = new Cuts();

  /** What a tile writes if it can't write to C itself. */
  private final MemorySegment sums;

  /** Rows of A for a tile when A is transposed. */
  private final MemorySegment leftPanel;

  private final Scratch.Buffer sumsBuffer = new Scratch.Buffer();
  private final Scratch.Buffer leftBuffer = new Scratch.Buffer();
  private final Scratch.Buffer paddedBuffer = new Scratch.Buffer();

  private MemorySegment a = MemorySegment.NULL;
  private long a0;
  private long lda;
  private boolean transposed;
  private long b;
  private long ldb;
  private int whole;
  private long panels;
  private int depth;
  private long bias;
  private @Nullable Activation f;

  /** A vector of what is left of a row. */
  private final long padded;

  Product() {
    padded = paddedBuffer.address(WIDTH);
    sums = sumsBuffer.floats((long) TILE * STRIP);
    leftPanel = leftBuffer.floats((Cuts.CHUNK + 2) * Panels.STEP / 4);
  }

  /**
   * A: element (i, l) at byte {@code a0 + i·lda + 4·l}; transposed: at {@code a0 + l·lda + 4·i}.
   */
  void left(MemorySegment a, long a0, long lda, boolean transposed) {
    this.a = a;
    this.a0 = a0;
    this.lda = lda;
    this.transposed = transposed;
  }

  /**
   * B: element (l, j) at {@code b + l·ldb + 4·j} for the first {@code whole} columns, a multiple of
   * the strip; panels of {@code depth} rows for the others.
   */
  void right(long b, long ldb, int whole, long panels, int depth) {
    this.b = b;
    this.ldb = ldb;
    this.whole = whole;
    this.panels = panels;
    this.depth = depth;
  }

  /** B: panels for all columns. */
  void right(long panels, int depth) {
    right(0, 0, 0, panels, depth);
  }

  /**
   * What follows the sums of {@link #run}: the address of a bias, {@link #NO_BIAS} if none, and f.
   */
  void then(long bias, @Nullable Activation f) {
    this.bias = bias;
    this.f = f;
  }

  /** Rows {@code from} to {@code to} of C, n columns; row i at byte {@code c0 + i·ldc}. */
  void run(int from, int to, int n, MemorySegment c, long c0, long ldc) {
    int tiles = (to - from + TILE - 1) / TILE;
    for (int t = 0; t < tiles; t++) {
      int i = from + (int) ((long) (to - from) * t / tiles);
      int rows = from + (int) ((long) (to - from) * (t + 1) / tiles) - i;
      for (int chunk = 0; chunk < cuts.count(); chunk++) {
        tile(i, rows, chunk, n, c, c0 + i * ldc, ldc);
      }
      finish(rows, n, c.address() + c0 + i * ldc, ldc);
    }
  }

  /** One chunk of rows i, i + 1, … over all strips. */
  private void tile(int i, int rows, int chunk, int n, MemorySegment c, long c0, long ldc) {
    int first = cuts.from(chunk);
    int k = cuts.to(chunk) - first;
    if (transposed) {
      long at = a.address() + a0 + first * lda + 4L * i;
      Panels.packLeft(at, lda, rows, k, leftPanel.address());
    }
    strips(a0 + i * lda + 4L * first, rows, first, k, n, chunk == 0, c, c0, ldc);
  }

  /** Where rows for {@link #packed} go: k rows of {@link Panels#STEP} bytes. */
  long leftPanel() {
    return leftPanel.address();
  }

  /** c = or += the product of the packed rows with all panels, a chunk of k terms. */
  void packed(int rows, int k, int n, boolean store, MemorySegment c, long c0, long ldc) {
    transposed = true;
    strips(0, rows, 0, k, n, store, c, c0, ldc);
  }

  private void strips(
      long ai,
      int rows,
      int first,
      int k,
      int n,
      boolean store,
      MemorySegment c,
      long c0,
      long ldc) {
    for (int j = 0; j < n; j += STRIP) {
      int columns = Math.min(STRIP, n - j);
      int width = Panels.width(n - j);
      boolean inPlace = j < whole;
      long step = inPlace ? ldb : 4L * width;
      long bj = inPlace ? b + 4L * j : panels + 4L * depth * (j - whole);
      bj += first * step;
      long cj = c0 + 4L * j;
      if (store && columns == width) {
        multiply(rows, columns, width, k, ai, bj, step, c, cj, ldc);
      } else { // a tile would overwrite what is there, or columns that aren't C's
        multiply(rows, columns, width, k, ai, bj, step, sums, 0, 4L * STRIP);
        take(store, sums.address(), rows, columns, c.address() + cj, ldc);
      }
    }
  }

  private void multiply(
      int rows,
      int columns,
      int width,
      int k,
      long ai,
      long bj,
      long ldb,
      MemorySegment c,
      long c0,
      long ldc) {
    if (!WarmUp.isOver()) {
      long rowStep = transposed ? 4 : lda;
      long step = transposed ? Panels.STEP : 4;
      MemorySegment left = transposed ? leftPanel : a;
      long from = transposed ? 0 : ai;
      PlainTile.run(rows, columns, k, left, from, rowStep, step, bj, ldb, c, c0, ldc);
    } else if (transposed) {
      if (width == 4 * WIDTH) {
        Tile4.down(rows, k, leftPanel, 0, bj, ldb, c, c0, ldc);
      } else {
        Tile2.down(rows, k, leftPanel, 0, bj, ldb, c, c0, ldc);
      }
    } else if (width == 4 * WIDTH) {
      Tile4.along(rows, k, a, ai, lda, bj, ldb, c, c0, ldc);
    } else {
      Tile2.along(rows, k, a, ai, lda, bj, ldb, c, c0, ldc);
    }
  }

  /** c = sums, or c += sums. */
  private static void take(boolean store, long sums, int rows, int columns, long c, long ldc) {
    for (int i = 0; i < rows; i++) {
      if (store) {
        Raw.copy(sums + 4L * i * STRIP, c + i * ldc, columns);
      } else {
        addRow(sums + 4L * i * STRIP, columns, c + i * ldc);
      }
    }
  }

  /** What follows the sums, on a tile's rows. */
  private void finish(int rows, int n, long c, long ldc) {
    boolean relu = f != null && f.f() == Unary.RELU;
    if (bias != NO_BIAS) {
      addBias(bias, relu ? 0 : Float.NaN, rows, n, c, ldc);
    }
    if (f != null && !(relu && bias != NO_BIAS)) {
      apply(f, rows, n, c, ldc);
    }
  }

  /** c = c + bias, or 0 where that is ≤ {@code zero}: 0 for a relu, NaN for none. */
  private static void addBias(long bias, float zero, int rows, int n, long c, long ldc) {
    for (int j = 0; j < n; j += WIDTH) {
      if (n - j >= WIDTH) {
        addColumns(bias + 4L * j, zero, rows, c + 4L * j, ldc);
      } else {
        addColumns(bias + 4L * j, zero, rows, n - j, c + 4L * j, ldc);
      }
    }
  }

  private static void addColumns(long bias, float zero, int rows, long c, long ldc) {
    FloatVector b = Raw.vector(bias);
    for (int i = 0; i < rows; i++) {
      FloatVector y = Raw.vector(c + i * ldc).add(b);
      Raw.put(y.blend(0, y.compare(LE, zero)), c + i * ldc);
    }
  }

  /** The last columns. */
  private static void addColumns(long bias, float zero, int rows, int n, long c, long ldc) {
    VectorMask<Float> m = Raw.first(n);
    FloatVector b = Raw.vector(bias, m);
    for (int i = 0; i < rows; i++) {
      FloatVector y = Raw.vector(c + i * ldc, m).add(b);
      Raw.put(y.blend(0, y.compare(LE, zero)), c + i * ldc, m);
    }
  }

  private void apply(Activation f, int rows, int n, long c, long ldc) {
    boolean together = ldc == 4L * n;
    for (int i = 0; i < (together ? 1 : rows); i++) {
      Elementwise.map(
          f.f(), f.p(), f.q(), c + i * ldc, c + i * ldc, together ? rows * n : n, padded);
    }
  }

  /** c += x. */
  static void addRow(long x, int n, long c) {
    int j = 0;
    for (; j < Raw.whole(n); j += WIDTH) {
      Raw.put(Raw.vector(c + 4L * j).add(Raw.vector(x + 4L * j)), c + 4L * j);
    }
    if (j < n) {
      VectorMask<Float> m = Raw.first(n - j);
      Raw.put(Raw.vector(c + 4L * j, m).add(Raw.vector(x + 4L * j, m)), c + 4L * j, m);
    }
  }
}
