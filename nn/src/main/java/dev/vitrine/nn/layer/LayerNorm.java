package dev.vitrine.nn.layer;

import dev.vitrine.autodiff.Var;
import dev.vitrine.nn.Init;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Mode;
import dev.vitrine.nn.Parameter;
import dev.vitrine.tensor.Shape;
import java.util.List;
import java.util.stream.IntStream;

/**
 * y = (x − mean)/√(var + ε)·γ + β over the trailing axes of this shape, row by row. Ba et al. 2016.
 */
public final class LayerNorm implements Layer {
  private final Shape shape;
  private final float epsilon;
  private final Parameter weight;
  private final Parameter bias;

  LayerNorm(Shape shape, float epsilon) {
    if (shape.rank() == 0 || shape.size() == 0) {
      throw new IllegalArgumentException(
          "layerNorm: shape " + shape + " holds nothing to normalise; name the trailing extents");
    }
    this.shape = shape;
    this.epsilon = epsilon;
    this.weight = Parameter.trained("weight", shape, Init.ONES);
    this.bias = Parameter.trained("bias", shape, Init.ZEROS);
  }

  @Override
  public Var forward(Var x, Mode mode) {
    return x.layerNorm(weight.on(x), bias.on(x), epsilon);
  }

  @Override
  public String kind() {
    return "norm";
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(weight, bias);
  }

  @Override
  public String toString() {
    return new Wording("layerNorm", IntStream.of(shape.dims()).boxed().toArray())
        .option("epsilon", epsilon, Layers.EPSILON)
        .toString();
  }
}
