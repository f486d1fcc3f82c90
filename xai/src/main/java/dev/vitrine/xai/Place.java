package dev.vitrine.xai;

import dev.vitrine.autodiff.Node;
import dev.vitrine.autodiff.Var;
import dev.vitrine.autodiff.op.BatchNorm;
import dev.vitrine.autodiff.op.Conv2d;
import dev.vitrine.autodiff.op.UnaryOp;

/** A value of a recorded network: where an attribution stops, or whose neurons are explained. */
@FunctionalInterface
public interface Place {
  /** The value; refuses what the network does not have. */
  Var in(Recording r);

  /** The network's input. */
  static Place input() {
    return new Input();
  }

  /** What the layer of this name gives ({@code relu2}, {@code block1.conv2}). */
  static Place layer(String name) {
    return new Layer(name);
  }

  /**
   * What the last convolution gives, behind its batch norm and activation if it has them: where
   * class activation maps look.
   */
  static Place lastConvolution() {
    return new LastConvolution();
  }

  /** See {@link #lastConvolution}. */
  record LastConvolution() implements Place {
    @Override
    public Var in(Recording r) {
      Var last = null;
      for (Node n : r.nodes()) {
        boolean follows =
            (n.op() instanceof UnaryOp || n.op() instanceof BatchNorm) && n.in(0).equals(last);
        if (n.op() instanceof Conv2d || follows) {
          last = n.out();
        }
      }
      if (last == null) {
        throw new IllegalArgumentException(
            "the network has no convolution; name a layer that gives images");
      }
      return r.twin(last);
    }

    @Override
    public String toString() {
      return "last convolution";
    }
  }

  /** See {@link #input}. */
  record Input() implements Place {
    @Override
    public Var in(Recording r) {
      return r.x();
    }

    @Override
    public String toString() {
      return "input";
    }
  }

  /** See {@link #layer}. */
  record Layer(String name) implements Place {
    @Override
    public Var in(Recording r) {
      return r.layer(name);
    }

    @Override
    public String toString() {
      return name;
    }
  }
}
