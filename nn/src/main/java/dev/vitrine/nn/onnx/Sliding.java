package dev.vitrine.nn.onnx;

import dev.vitrine.autodiff.Var;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.kernel.Window;

/**
 * How a window slides over images: what the engine's windows can say (the same padding on both
 * sides), and the rows and columns that have to be added before.
 */
record Sliding(int kh, int kw, Window window, int top, int left, int bottom, int right) {

  /** From strides, dilations, pads, auto_pad and ceil_mode of a node. */
  static Sliding of(Call c, Shape image, int kh, int kw) {
    int[] stride = c.wholes("strides", 1, 1, 1);
    int[] dilation = c.wholes("dilations", 1, 1, 1);
    int[] pads = c.wholes("pads", 0, 0, 0, 0, 0).clone();
    int[] kernel = {kh, kw};
    for (int i = 0; i < 2; i++) {
      int extent = image.dim(2 + i);
      int reach = dilation[i] * (kernel[i] - 1) + 1;
      automatic(c, pads, i, extent, reach, stride[i]);
      if (c.whole("ceil_mode", 0) != 0) {
        pads[2 + i] += missing(extent, reach, stride[i], pads[i], pads[2 + i]);
      }
    }
    int h = Math.min(pads[0], pads[2]);
    int w = Math.min(pads[1], pads[3]);
    Window window =
        Window.UNIT.stride(stride[0], stride[1]).padding(h, w).dilation(dilation[0], dilation[1]);
    return new Sliding(kh, kw, window, pads[0] - h, pads[1] - w, pads[2] - h, pads[3] - w);
  }

  private static void automatic(Call c, int[] pads, int i, int extent, int reach, int stride) {
    String how = c.word("auto_pad", "NOTSET");
    switch (how) {
      case "NOTSET", "" -> {}
      case "VALID" -> pads[i] = pads[2 + i] = 0;
      case "SAME_UPPER", "SAME_LOWER" -> {
        int all = Math.max(0, (Math.ceilDiv(extent, stride) - 1) * stride + reach - extent);
        boolean upper = how.equals("SAME_UPPER");
        pads[i] = upper ? all / 2 : all - all / 2;
        pads[2 + i] = all - pads[i];
      }
      default -> throw c.refuse("auto_pad %s is unknown".formatted(how));
    }
  }

  /** What a window lacks that begins inside the image and ends outside. */
  private static int missing(int extent, int reach, int stride, int before, int after) {
    int all = extent + before + after;
    int begins = Math.ceilDiv(all - reach, stride) * stride;
    boolean inside = begins < extent + before;
    return inside ? Math.max(0, begins + reach - all) : 0;
  }

  /** True if nothing has to be added before. */
  boolean even() {
    return top + left + bottom + right == 0;
  }

  /** Images [n, h, w, c] with the rows and columns that the window does not bring itself. */
  Var padded(Var x, float value) {
    Var y = top + bottom == 0 ? x : x.pad(1, top, bottom, value);
    return left + right == 0 ? y : y.pad(2, left, right, value);
  }
}
