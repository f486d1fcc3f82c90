package dev.vitrine.nn;

import dev.vitrine.autodiff.Var;
import dev.vitrine.nn.layer.Specification;
import java.util.List;

/**
 * One part of a model: says what it computes and which parameters it has.
 *
 * <p>A layer is a recipe; recording it writes nodes on the tape of its input. {@code toString} is
 * its specification, as {@code layer.Specification} reads it.
 */
public interface Layer {
  /** Records the layer on {@code x}'s tape. */
  Var forward(Var x, Mode mode);

  /** The word that names it inside a model: {@code conv}, {@code linear}, {@code relu}. */
  String kind();

  /** Its own parameters, without its children's. */
  default List<Parameter> parameters() {
    return List.of();
  }

  /** Layers inside this one, in order; they are named by {@link Names}. */
  default List<Layer> children() {
    return List.of();
  }

  /** The same layer with parameters of its own, which belong to no model yet. */
  default Layer anew() {
    return Specification.parse(toString());
  }
}
