package dev.vitrine.tensor.kernel.scalar;

import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Window;

/**
 * dx[n, ih, iw, i] = Σ_{kh, kw, o} dy[n, (ih + p − kh·d)/s, (iw + p − kw·d)/s, o]·w[kh, kw, i, o].
 */
final class ConvolutionData {
  private ConvolutionData() {}

  static void conv2dData(Window g, Tensor dy, Tensor w, Tensor dx) {
    Shape s = dx.shape();
    long xi = 0;
    for (int n = 0; n < s.dim(0); n++) {
      for (int ih = 0; ih < s.dim(1); ih++) {
        for (int iw = 0; iw < s.dim(2); iw++) {
          for (int i = 0; i < s.dim(3); i++) {
            dx.put(xi++, dot(g, dy, w, n, ih, iw, i));
          }
        }
      }
    }
  }

  /** One input: taps (kh, kw) ascending, the outputs of its group inside each. */
  private static float dot(Window g, Tensor dy, Tensor w, int n, int ih, int iw, int i) {
    int height = dy.shape().dim(1);
    int width = dy.shape().dim(2);
    int outputs = dy.shape().dim(3);
    int kernelH = w.shape().dim(0);
    int kernelW = w.shape().dim(1);
    int depth = w.shape().dim(2);
    int groupOutputs = outputs / g.groups();
    int firstOutput = i / depth * groupOutputs;
    int tapsPerChunk = Chunks.runs(groupOutputs);
    int border = 0;
    float total = Chunks.NOTHING;
    float chain = 0;
    for (int kh = 0; kh < kernelH; kh++) {
      int top = ih + g.padH() - kh * g.dilationH();
      int oh = Math.floorDiv(top, g.strideH());
      if (oh * g.strideH() != top || oh < 0 || oh >= height) {
        continue;
      }
      for (int kw = 0; kw < kernelW; kw++) {
        int left = iw + g.padW() - kw * g.dilationW();
        int ow = Math.floorDiv(left, g.strideW());
        if (ow * g.strideW() != left) {
          continue;
        }
        boolean inside = ow >= 0 && ow < width;
        int tap = kh * kernelW + kw;
        if (tap >= border) {
          if (border > 0) {
            total += chain;
            chain = 0;
          }
          border = Chunks.border(tap, tapsPerChunk);
        }
        long yi = (((long) n * height + oh) * width + ow) * outputs + firstOutput;
        long wi = ((long) tap * depth + i % depth) * outputs + firstOutput;
        for (int o = 0; o < groupOutputs; o++) {
          if (Chunks.cuts(o)) {
            total += chain;
            chain = 0;
          }
          chain = Math.fma(inside ? dy.at(yi + o) : 0, w.at(wi + o), chain);
        }
      }
    }
    return total + chain;
  }
}
