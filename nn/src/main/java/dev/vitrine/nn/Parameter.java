package dev.vitrine.nn;

import dev.vitrine.autodiff.Var;
import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A named tensor of a model. Trained ones are changed by the optimiser; the others (running
 * statistics) only by their layer.
 */
public final class Parameter {
  private final String localName;
  private final Shape shape;
  private final Init init;
  private final boolean trained;
  private String name;
  private @Nullable Tensor value;

  /** A parameter that the optimiser changes; {@code localName} is {@code weight}, {@code bias} … */
  public static Parameter trained(String localName, Shape shape, Init init) {
    return new Parameter(localName, shape, init, true);
  }

  /** State that is saved with the model but not optimised. */
  public static Parameter statistic(String localName, Shape shape, Init init) {
    return new Parameter(localName, shape, init, false);
  }

  private Parameter(String localName, Shape shape, Init init, boolean trained) {
    this.localName = localName;
    this.name = localName;
    this.shape = shape;
    this.init = init;
    this.trained = trained;
  }

  /** Gives it a place in a model; done once, by {@link Model}. */
  void place(String path, Memory memory) {
    if (value != null) {
      throw new IllegalStateException(
          "a layer with parameter " + name + " is already part of a model; make a new layer");
    }
    name = path.isEmpty() ? localName : path + "." + localName;
    value = memory.floats(shape);
  }

  /** Draws new values: from (seed, number of the parameter in its model) alone. */
  void draw(long seed, int number) {
    init.fill(value(), seed, number);
  }

  /** Path in the model: {@code conv1.weight}. */
  public String name() {
    return name;
  }

  public Shape shape() {
    return shape;
  }

  public boolean isTrained() {
    return trained;
  }

  public Tensor value() {
    if (value == null) {
      throw new IllegalStateException(
          "parameter " + name + " has no values yet: put its layer into a Model first");
    }
    return value;
  }

  /** Its leaf on the tape that {@code x} is on. */
  public Var on(Var x) {
    return x.tape().parameter(name, value());
  }

  @Override
  public String toString() {
    return name + shape;
  }
}
