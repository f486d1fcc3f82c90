package dev.vitrine.tensor.kernel.scalar;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Window;

/**
 * dw[kh, kw, i, o] = Σ_{n, oh, ow} x[n, oh·s + kh·d − p, ow·s + kw·d − p, i]·dy[n, oh, ow, o].
 *
 * <p>Chunks are the outer loop and dw holds the totals: a chunk of x and dy serves all channels
 * while it is in cache.
 */
final class ConvolutionWeights {
  private ConvolutionWeights() {}

  static void conv2dWeights(Window g, Tensor x, Tensor dy, Tensor dw) {
    Elementwise.fill(0, dw);
    for (int kh = 0; kh < dw.shape().dim(0); kh++) {
      for (int kw = 0; kw < dw.shape().dim(1); kw++) {
        tap(g, x, dy, dw, kh, kw);
      }
    }
  }

  /** dw[kh, kw, ·, ·]: output rows (n, oh) in chunks; a row that is itself too long is cut. */
  private static void tap(Window g, Tensor x, Tensor dy, Tensor dw, int kh, int kw) {
    int rows = dy.shape().dim(0) * dy.shape().dim(1);
    int width = dy.shape().dim(2);
    int rowsPerChunk = Chunks.runs(width);
    boolean first = true;
    for (int row = 0; row < rows; row += rowsPerChunk) {
      int rowEnd = Math.min(rows, row + rowsPerChunk);
      if (!takesPart(g, x, dy, kh, row, rowEnd)) {
        continue;
      }
      for (int ow = 0; ow < width; ow += Chunks.LENGTH) {
        int owEnd = Math.min(width, ow + Chunks.LENGTH);
        add(first, g, x, dy, dw, kh, kw, row, rowEnd, ow, owEnd);
        first = false;
      }
    }
  }

  /** True if kernel row kh lies inside the image for one of the output rows. */
  private static boolean takesPart(Window g, Tensor x, Tensor dy, int kh, int row, int rowEnd) {
    for (int r = row; r < rowEnd; r++) {
      int ih = inputRow(g, r % dy.shape().dim(1), kh);
      if (ih >= 0 && ih < x.shape().dim(1)) {
        return true;
      }
    }
    return false;
  }

  /** dw[kh, kw, ·, ·] takes up one chunk. */
  private static void add(
      boolean first,
      Window g,
      Tensor x,
      Tensor dy,
      Tensor dw,
      int kh,
      int kw,
      int row,
      int rowEnd,
      int ow,
      int owEnd) {
    int depth = dw.shape().dim(2);
    int outputs = dw.shape().dim(3);
    int groupOutputs = outputs / g.groups();
    long at = ((long) kh * dw.shape().dim(1) + kw) * depth * outputs;
    for (int i = 0; i < depth; i++) {
      for (int o = 0; o < outputs; o++) {
        int channel = o / groupOutputs * depth + i;
        float chain = chain(g, x, dy, kh, kw, channel, o, row, rowEnd, ow, owEnd);
        dw.put(at, first ? chain : dw.at(at) + chain);
        at++;
      }
    }
  }

  private static float chain(
      Window g,
      Tensor x,
      Tensor dy,
      int kh,
      int kw,
      int channel,
      int o,
      int row,
      int rowEnd,
      int owFrom,
      int owEnd) {
    int height = x.shape().dim(1);
    int width = x.shape().dim(2);
    int channels = x.shape().dim(3);
    int outH = dy.shape().dim(1);
    int outW = dy.shape().dim(2);
    int outputs = dy.shape().dim(3);
    float chain = 0;
    for (int r = row; r < rowEnd; r++) {
      int ih = inputRow(g, r % outH, kh);
      if (ih < 0 || ih >= height) {
        continue;
      }
      long xRow = ((long) (r / outH) * height + ih) * width;
      for (int ow = owFrom; ow < owEnd; ow++) {
        int iw = ow * g.strideW() + kw * g.dilationW() - g.padW();
        float v = iw >= 0 && iw < width ? x.at((xRow + iw) * channels + channel) : 0;
        chain = Math.fma(v, dy.at(((long) r * outW + ow) * outputs + o), chain);
      }
    }
    return chain;
  }

  private static int inputRow(Window g, int oh, int kh) {
    return oh * g.strideH() + kh * g.dilationH() - g.padH();
  }
}
