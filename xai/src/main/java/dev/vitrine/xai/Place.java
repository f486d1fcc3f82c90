package dev.vitrine.xai;

import dev.vitrine.autodiff.Var;

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
