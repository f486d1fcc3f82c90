package dev.vitrine.bench.conformance;

import dev.vitrine.nn.torch.TorchLayout;

/**
 * Where the golden files order axes otherwise than the engine does, and how one becomes the other.
 */
enum Layout {
  /** As it is. */
  PLAIN(new int[0]),
  /** [n, c, h, w] ↔ [n, h, w, c]; other ranks as they are. */
  IMAGE(TorchLayout.IMAGE.axes()),
  /** [o, i, kh, kw] ↔ [kh, kw, i, o]. */
  KERNEL(TorchLayout.KERNEL.axes()),
  /** [out, in] ↔ [in, out]. */
  MATRIX(TorchLayout.MATRIX.axes());

  private final int[] axes;

  Layout(int[] axes) {
    this.axes = axes;
  }

  /** The layout of a parameter of a model's op. */
  static Layout ofParameter(String op, String parameter) {
    return switch (op + "." + parameter) {
      case "conv2d.weight" -> KERNEL;
      case "linear.weight" -> MATRIX;
      default -> PLAIN;
    };
  }

  Numbers toEngine(Numbers golden) {
    return golden.shape().rank() == axes.length && axes.length > 0 ? golden.permute(axes) : golden;
  }

  Numbers toGolden(Numbers engine) {
    if (engine.shape().rank() != axes.length || axes.length == 0) {
      return engine;
    }
    int[] back = new int[axes.length];
    for (int i = 0; i < back.length; i++) {
      back[axes[i]] = i;
    }
    return engine.permute(back);
  }
}
