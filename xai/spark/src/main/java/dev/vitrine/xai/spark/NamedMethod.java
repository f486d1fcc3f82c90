package dev.vitrine.xai.spark;

import dev.vitrine.bench.run.Methods;
import dev.vitrine.bench.run.Reference;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Explainer;

/** A method of the command line, with the training rows that it compares with. */
final class NamedMethod implements Recipe<Explainer> {
  private static final long serialVersionUID = 1;

  private final String name;
  private final int[] shape;
  private final float[] data;

  private NamedMethod(String name, Tensor data) {
    this.name = name;
    this.shape = data.shape().dims();
    this.data = data.toFloats();
  }

  /** All rows travel if the method's settings depend on them; else one, which says their shape. */
  static NamedMethod of(String name, Tensor data) {
    Tensor one = data.rows(0, 1);
    Explainer of = Methods.of(name, Reference.usual(data));
    Explainer ofOne = Methods.of(name, Reference.usual(one));
    return new NamedMethod(name, of.settings().equals(ofOne.settings()) ? one : data);
  }

  @Override
  public Explainer make() {
    return Methods.of(name, Reference.usual(Tensor.of(Shape.of(shape), data)));
  }
}
