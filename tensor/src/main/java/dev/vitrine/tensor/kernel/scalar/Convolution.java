package dev.vitrine.tensor.kernel.scalar;

import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Window;
import org.jspecify.annotations.Nullable;

/**
 * y[n, oh, ow, o] = Σ_{kh, kw, i} x[n, oh·s + kh·d − p, ow·s + kw·d − p, i]·w[kh, kw, i, o] (+
 * b[o]).
 */
final class Convolution {
  private Convolution() {}

  static void conv2d(Window g, Tensor x, Tensor w, @Nullable Tensor bias, Tensor y) {
    Shape s = y.shape();
    int outputs = s.dim(3);
    long yi = 0;
    for (int n = 0; n < s.dim(0); n++) {
      for (int oh = 0; oh < s.dim(1); oh++) {
        for (int ow = 0; ow < s.dim(2); ow++) {
          for (int o = 0; o < outputs; o++) {
            float dot = dot(g, x, w, n, oh, ow, o);
            y.put(yi++, bias == null ? dot : dot + bias.at(o));
          }
        }
      }
    }
  }

  /** One output: taps (kh, kw) ascending, the channels of its group inside each. */
  private static float dot(Window g, Tensor x, Tensor w, int n, int oh, int ow, int o) {
    int height = x.shape().dim(1);
    int width = x.shape().dim(2);
    int channels = x.shape().dim(3);
    int kernelH = w.shape().dim(0);
    int kernelW = w.shape().dim(1);
    int depth = w.shape().dim(2);
    int outputs = w.shape().dim(3);
    int firstChannel = o / (outputs / g.groups()) * depth;
    int tapsPerChunk = Chunks.runs(depth);
    int border = 0;
    float total = Chunks.NOTHING;
    float chain = 0;
    for (int kh = 0; kh < kernelH; kh++) {
      int ih = oh * g.strideH() + kh * g.dilationH() - g.padH();
      if (ih < 0 || ih >= height) {
        continue;
      }
      for (int kw = 0; kw < kernelW; kw++) {
        int iw = ow * g.strideW() + kw * g.dilationW() - g.padW();
        boolean inside = iw >= 0 && iw < width;
        int tap = kh * kernelW + kw;
        if (tap >= border) {
          if (border > 0) {
            total += chain;
            chain = 0;
          }
          border = Chunks.border(tap, tapsPerChunk);
        }
        long xi = (((long) n * height + ih) * width + iw) * channels + firstChannel;
        long wi = (long) tap * depth * outputs + o;
        for (int i = 0; i < depth; i++) {
          if (Chunks.cuts(i)) {
            total += chain;
            chain = 0;
          }
          chain = Math.fma(inside ? x.at(xi + i) : 0, w.at(wi + (long) i * outputs), chain);
        }
      }
    }
    return total + chain;
  }
}
