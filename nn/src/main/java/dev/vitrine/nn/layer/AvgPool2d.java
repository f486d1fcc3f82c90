package dev.vitrine.nn.layer;

import dev.vitrine.autodiff.Var;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Mode;
import dev.vitrine.tensor.kernel.Window;

/**
 * y = the mean of each kh × kw window, in which padding counts as zeros or ({@code countPad} false)
 * not at all.
 */
public record AvgPool2d(int kh, int kw, Window window, boolean countPad) implements Layer {
  public AvgPool2d {
    Pools.check("avgPool2d", kh, kw, window);
  }

  AvgPool2d(int kh, int kw) {
    this(kh, kw, Window.UNIT.stride(kh, kw), true);
  }

  public AvgPool2d stride(int h, int w) {
    return new AvgPool2d(kh, kw, window.stride(h, w), countPad);
  }

  public AvgPool2d stride(int both) {
    return stride(both, both);
  }

  public AvgPool2d padding(int h, int w) {
    return new AvgPool2d(kh, kw, window.padding(h, w), countPad);
  }

  public AvgPool2d padding(int both) {
    return padding(both, both);
  }

  /** Whether padding counts as zeros. */
  public AvgPool2d countPad(boolean counted) {
    return new AvgPool2d(kh, kw, window, counted);
  }

  @Override
  public Var forward(Var x, Mode mode) {
    return x.avgPool2d(kh, kw, window, countPad);
  }

  @Override
  public String kind() {
    return "pool";
  }

  @Override
  public String toString() {
    return Pools.wording("avgPool2d", kh, kw, window).option("countPad", countPad, true).toString();
  }
}
