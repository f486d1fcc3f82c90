package dev.vitrine.nn.torch;

import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Device;

/** Arrays whose axes PyTorch orders otherwise than the engine. */
public enum TorchLayout {
  /** [n, c, h, w] ↔ [n, h, w, c]. */
  IMAGE(0, 2, 3, 1),
  /** [o, i, kh, kw] ↔ [kh, kw, i, o]. */
  KERNEL(2, 3, 1, 0),
  /** [out, in] ↔ [in, out]. */
  MATRIX(1, 0),
  /** [c, h, w] ↔ [h, w, c]. */
  ROW(1, 2, 0);

  private final int[] axes;

  TorchLayout(int... axes) {
    this.axes = axes;
  }

  /** Axis k in the engine is axis {@code axes()[k]} in PyTorch. */
  public int[] axes() {
    return axes.clone();
  }

  private int[] back() {
    int[] back = new int[axes.length];
    for (int k = 0; k < back.length; k++) {
      back[axes[k]] = k;
    }
    return back;
  }

  /** The shape that PyTorch has for the engine's. */
  Shape toTorch(Shape engine) {
    return permuted(engine, back());
  }

  Tensor toTorch(Tensor engine) {
    return permuted(engine, back());
  }

  Tensor toEngine(Tensor torch) {
    return permuted(torch, axes);
  }

  private static Shape permuted(Shape s, int... axes) {
    int[] d = new int[axes.length];
    for (int k = 0; k < d.length; k++) {
      d[k] = s.dim(axes[k]);
    }
    return Shape.of(d);
  }

  static Tensor permuted(Tensor x, int... axes) {
    Tensor y = new Memory("weights in another order").floats(permuted(x.shape(), axes));
    Device.of("scalar", 1).run(k -> k.permute(axes, x, y), 2 * x.size());
    return y;
  }
}
