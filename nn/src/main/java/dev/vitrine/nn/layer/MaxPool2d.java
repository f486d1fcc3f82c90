package dev.vitrine.nn.layer;

import dev.vitrine.autodiff.Var;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Mode;
import dev.vitrine.tensor.kernel.Window;

/**
 * y = the largest of each kh × kw window; the stride is the window's size unless told otherwise.
 */
public record MaxPool2d(int kh, int kw, Window window) implements Layer {
  public MaxPool2d {
    Pools.check("maxPool2d", kh, kw, window);
  }

  MaxPool2d(int kh, int kw) {
    this(kh, kw, Window.UNIT.stride(kh, kw));
  }

  public MaxPool2d stride(int h, int w) {
    return new MaxPool2d(kh, kw, window.stride(h, w));
  }

  public MaxPool2d stride(int both) {
    return stride(both, both);
  }

  /** Padding never wins. */
  public MaxPool2d padding(int h, int w) {
    return new MaxPool2d(kh, kw, window.padding(h, w));
  }

  public MaxPool2d padding(int both) {
    return padding(both, both);
  }

  @Override
  public Var forward(Var x, Mode mode) {
    return x.maxPool2d(kh, kw, window);
  }

  @Override
  public String kind() {
    return "pool";
  }

  @Override
  public String toString() {
    return Pools.wording("maxPool2d", kh, kw, window).toString();
  }
}
