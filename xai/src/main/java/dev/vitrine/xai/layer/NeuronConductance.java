package dev.vitrine.xai.layer;

import dev.vitrine.autodiff.Var;
import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Baseline;
import dev.vitrine.xai.FromBaseline;
import dev.vitrine.xai.Place;
import dev.vitrine.xai.Question;
import dev.vitrine.xai.Recording;
import dev.vitrine.xai.Target.Neuron;
import dev.vitrine.xai.gradient.PathSum;
import dev.vitrine.xai.gradient.Route;
import dev.vitrine.xai.gradient.StraightPath;
import java.util.Map;

/**
 * a_i = (x_i − b_i)·∫ ∂f/∂y·∂y/∂x_i dα: what input i brings to f through one neuron y (Dhamdhere,
 * Sundararajan and Yan 2019, eq. 2).
 */
public record NeuronConductance(Neuron neuron, Route route) implements FromBaseline {
  /** 50 Gauss–Legendre points from a baseline of zeros. */
  public NeuronConductance(Place layer, int... index) {
    this(new Neuron(layer, index), new Route());
  }

  @Override
  public NeuronConductance baseline(Baseline other) {
    return new NeuronConductance(neuron, route.baseline(other));
  }

  @Override
  public String name() {
    return "NeuronConductance";
  }

  @Override
  public Map<String, String> settings() {
    return route.settings("neuron", neuron);
  }

  @Override
  public Attribution explain(Question q) {
    StraightPath path = StraightPath.of(q, Place.input(), route.baseline());
    Tensor integrals =
        new PathSum(neuron, this::terms)
            .run(q, path.from(), path.to(), route.rule().rule(route.steps()));
    Tensor values =
        new Memory("neuron conductance").floats(integrals.shape(), path.times(integrals));
    return q.answer(this, values, path.fto(), null, null);
  }

  private void terms(Recording r, PathSum.Points points) {
    Var moves = neuron.in(r.gradient(neuron.place()));
    Var moved = r.tape().gradient(neuron.of(r), r.x());
    for (int axis = 2; axis < moved.shape().rank(); axis++) {
      moves = moves.insertAxis(1);
    }
    points.sum(moved.mul(moves));
  }
}
