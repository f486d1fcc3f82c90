package dev.vitrine.tensor.kernel.vector;

import static dev.vitrine.tensor.kernel.vector.Lanes.WIDTH;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import jdk.incubator.vector.VectorMask;

/**
 * A convolution as a product without im2col: a few dozen patches at a time are laid side by side in
 * the cache, and {@link Product} multiplies them with the packed weights.
 *
 * <p>Point (r, q) of a grid sees source pixel (r·stepH + top[a], q·stepW + left[b]) through tap (a,
 * b). The convolution and its transpose differ in these numbers only. Copying costs about 1 ⁄
 * (2·outputs) of the multiplications; in return padding, stride, dilation and groups need no tiles
 * of their own.
 */
final class Patches {
  /**
   * Floats of patches at a time: with the strip's part of B they stay in the second-level cache.
   */
  private static final int BLOCK = 24 << 10;

  private final Product product;
  private final Scratch.Buffer buffer;

  private long image;
  private int height;
  private int width;
  private int channels;
  private int firstChannel;
  private int depth;
  private int stepH;
  private int stepW;
  private int gridW;
  private int kernelW;
  private int tapsH;
  private int tapsW;
  private int[] top = new int[8];
  private int[] left = new int[8];
  private int[] kernelRow = new int[8];
  private int[] kernelColumn = new int[8];

  Patches(Product product, Scratch.Buffer buffer) {
    this.product = product;
    this.buffer = buffer;
  }

  /**
   * The source: images of h × w pixels; a patch takes {@code depth} channels from {@code first} on.
   */
  void source(int h, int w, int channels, int first, int depth) {
    this.height = h;
    this.width = w;
    this.channels = channels;
    this.firstChannel = first;
    this.depth = depth;
  }

  /**
   * The grid is {@code gridW} points wide; a step on it is so many source pixels. No taps yet of a
   * kernel that is {@code kernelW} wide.
   */
  void grid(int gridW, int stepH, int stepW, int kernelW) {
    this.gridW = gridW;
    this.stepH = stepH;
    this.stepW = stepW;
    this.kernelW = kernelW;
    tapsH = 0;
    tapsW = 0;
  }

  /** Row kh of the kernel takes part. */
  void row(int kh, int offset) {
    top = room(top, tapsH);
    kernelRow = room(kernelRow, tapsH);
    kernelRow[tapsH] = kh;
    top[tapsH++] = offset;
  }

  /** Column kw of the kernel takes part. */
  void column(int kw, int offset) {
    left = room(left, tapsW);
    kernelColumn = room(kernelColumn, tapsW);
    kernelColumn[tapsW] = kw;
    left[tapsW++] = offset;
  }

  private static int[] room(int[] list, int index) {
    return index < list.length ? list : Arrays.copyOf(list, 2 * index);
  }

  /** Taps that take part. */
  int taps() {
    return tapsH * tapsW;
  }

  /** The number of tap t among those that take part in the whole kernel. */
  int number(int t) {
    return kernelRow[t / tapsW] * kernelW + kernelColumn[t % tapsW];
  }

  /** Terms of a dot product over all taps. */
  int terms() {
    return tapsH * tapsW * depth;
  }

  /**
   * Grid rows {@code from} to {@code to} of the image at address {@code image}: point (r, q) is
   * written to {@code y0 + r·rowStep + q·pixelStep}, n columns.
   */
  void run(
      long image, int from, int to, int n, MemorySegment y, long y0, long rowStep, long pixelStep) {
    this.image = image;
    boolean joined = rowStep == gridW * pixelStep;
    for (int r = from; r < to; ) {
      int first = firstRow(r);
      int last = lastRow(r, first);
      int end = r + 1;
      while (joined && end < to && firstRow(end) == first && lastRow(end, first) == last) {
        end++;
      }
      cut(first, last);
      rows(r, end, first, last, n, y, y0 + r * rowStep, pixelStep);
      r = end;
    }
  }

  /** The first row of taps that lies inside the image. */
  private int firstRow(int r) {
    int a = 0;
    while (a < tapsH && outside(r, a)) {
      a++;
    }
    return a;
  }

  /** One past the last row of taps that lies inside; those inside are neighbours. */
  private int lastRow(int r, int first) {
    int a = first;
    while (a < tapsH && !outside(r, a)) {
      a++;
    }
    return a;
  }

  private boolean outside(int r, int a) {
    int row = r * stepH + top[a];
    return row < 0 || row >= height;
  }

  /** The chunks of the taps in rows {@code first} to {@code last}. */
  private void cut(int first, int last) {
    Cuts cuts = product.cuts;
    cuts.start(first * tapsW * depth);
    int tapsPerChunk = Cuts.runs(depth);
    for (int t = first * tapsW; t < last * tapsW; t++) {
      if (t > first * tapsW && number(t) / tapsPerChunk != number(t - 1) / tapsPerChunk) {
        cuts.add(t * depth);
      }
      for (int i = Cuts.CHUNK; i < depth; i += Cuts.CHUNK) {
        cuts.add(t * depth + i);
      }
    }
    cuts.add(last * tapsW * depth);
  }

  private void rows(
      int from, int to, int first, int last, int n, MemorySegment y, long y0, long pixelStep) {
    int terms = terms();
    int points = (to - from) * gridW;
    int block = Math.max(1, BLOCK / Math.max(1, terms) / Panels.TILE) * Panels.TILE;
    MemorySegment patches = buffer.floats((long) Math.min(block, points) * terms + WIDTH);
    product.left(patches, 0, 4L * terms, false);
    for (int p = 0; p < points; p += block) {
      int count = Math.min(block, points - p);
      gather(from, p, p + count, first, last, patches.address());
      product.run(0, count, n, y, y0 + p * pixelStep, pixelStep);
    }
  }

  /** Points p to {@code end} behind the start of grid row r. */
  private void gather(int r, int p, int end, int first, int last, long patches) {
    while (p < end) {
      int row = r + p / gridW;
      int q = p % gridW;
      int count = Math.min(end - p, gridW - q);
      if (joined() && tapsW * depth <= WIDTH) {
        gatherRuns(row, first, last, q, q + count, patches);
      } else {
        for (int a = first; a < last; a++) {
          gatherLine(line(row, a), a, q, q + count, patches);
        }
      }
      patches += 4L * count * terms();
      p += count;
    }
  }

  /** Where the source line begins that a row of the grid sees through row a of the taps. */
  private long line(int row, int a) {
    return image + 4 * ((long) (row * stepH + top[a]) * width * channels + firstChannel);
  }

  /** True if the taps of a row are neighbours in the source: one run. */
  private boolean joined() {
    return depth == channels && tapsW > 1 && left[1] - left[0] == 1;
  }

  /**
   * Points q to {@code end} of a grid row, each a few runs shorter than a vector. Whole vectors are
   * stored, which takes half as long as parts of them: what is too much lies where the next run
   * goes, so the points must be complete one by one, and those at the edges come last.
   */
  private void gatherRuns(int row, int first, int last, int q, int end, long patches) {
    int run = tapsW * depth;
    int lo = Math.clamp(Math.ceilDiv(-left[0], stepW), q, end);
    int hi = Math.clamp(Math.floorDiv(width - 1 - left[tapsW - 1], stepW) + 1, lo, end);
    if (first < last) {
      long from = line(row, first) + 4L * (lo * stepW + left[0]) * channels;
      long down = last - first > 1 ? line(row, first + 1) - line(row, first) : 0;
      long to = patches + 4L * ((lo - q) * terms() + first * run);
      long step = 4L * terms();
      copyRuns(from, 4L * stepW * channels, down, to, step, run, last - first, hi - lo);
    }
    for (int a = first; a < last; a++) {
      long to = patches + 4L * a * run;
      edge(line(row, a), 0, tapsW, q, lo, to);
      edge(line(row, a), 0, tapsW, hi, end, to + 4L * (hi - q) * terms());
    }
  }

  private static void copyRuns(
      long from, long fromStep, long down, long to, long toStep, int run, int taps, int count) {
    VectorMask<Float> m = Raw.first(run);
    for (int p = 0; p < count; p++) {
      long x = from + p * fromStep;
      long y = to + p * toStep;
      for (int a = 0; a < taps; a++) {
        Raw.put(Raw.vector(x + a * down, m), y + 4L * a * run);
      }
    }
  }

  /** Row a of the taps for points q to {@code end} of a grid row. */
  private void gatherLine(long line, int a, int q, int end, long patches) {
    int taps = joined() ? tapsW : 1;
    for (int b = 0; b < tapsW; b += taps) {
      int lo = Math.clamp(Math.ceilDiv(-left[b], stepW), q, end);
      int hi = Math.clamp(Math.floorDiv(width - 1 - left[b + taps - 1], stepW) + 1, lo, end);
      long to = patches + 4L * (a * tapsW + b) * depth;
      edge(line, b, taps, q, lo, to);
      long from = line + 4L * (lo * stepW + left[b]) * channels;
      long step = 4L * terms();
      copy(from, 4L * stepW * channels, to + (lo - q) * step, step, taps * depth, hi - lo);
      edge(line, b, taps, hi, end, to + (hi - q) * step);
    }
  }

  /** Points whose taps are partly in the padding: those are +0. */
  private void edge(long line, int b, int taps, int q, int end, long to) {
    for (; q < end; q++) {
      for (int t = b; t < b + taps; t++) {
        int column = q * stepW + left[t];
        boolean inside = column >= 0 && column < width;
        long from = line + 4L * column * channels;
        long at = to + 4L * (t - b) * depth;
        if (inside) {
          Raw.copy(from, at, depth);
        } else {
          Raw.fill(0, at, depth);
        }
      }
      to += 4L * terms();
    }
  }

  /** {@code count} runs of neighbouring floats. */
  private static void copy(long from, long fromStep, long to, long toStep, int run, int count) {
    if (run <= WIDTH) {
      copyShort(from, fromStep, to, toStep, run, count);
      return;
    }
    for (int p = 0; p < count; p++) {
      Raw.copy(from + p * fromStep, to + p * toStep, run);
    }
  }

  private static void copyShort(
      long from, long fromStep, long to, long toStep, int run, int count) {
    VectorMask<Float> m = Raw.first(run);
    for (int p = 0; p < count; p++) {
      Raw.put(Raw.vector(from + p * fromStep, m), to + p * toStep, m);
    }
  }
}
