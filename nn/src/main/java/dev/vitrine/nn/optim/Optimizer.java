package dev.vitrine.nn.optim;

import dev.vitrine.autodiff.Node;
import dev.vitrine.autodiff.Op;
import dev.vitrine.autodiff.Var;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * (w, g, state, rates) → (w', state'): how each parameter follows its gradient.
 *
 * <p>An optimiser is data. {@link #record} writes one pure node per parameter; the results become
 * assignments of a compiled {@code Update}. What changes from step to step is in {@code rates}, an
 * input of shape {@link #RATES} that {@link #rates} fills before each step, in double on the host.
 *
 * <pre>{@code
 * Var rates = tape.input("rates", Optimizer.RATES);
 * assignments.putAll(optimizer.record(w, g, state, rates));
 * …
 * optimizer.rates(step, schedule.rate(optimizer.rate(), step - 1), update.tensor(rates));
 * update.run();
 * }</pre>
 */
public sealed interface Optimizer permits Sgd, Adam, RmsProp, Adagrad {
  /** Shape of the rates tensor, whatever the optimiser. */
  Shape RATES = Shape.of(3);

  /** The learning rate that schedules start from. */
  float rate();

  /**
   * Names of the state tensors of one parameter, PyTorch's; each has its shape and starts as zeros.
   */
  List<String> state();

  /**
   * The op, with inputs w, g, the state and the rates; its outputs are the new w and the new state.
   */
  Op step();

  /** Fills {@code into} for step number {@code step}, which counts from 1; allocates nothing. */
  void rates(int step, double rate, Tensor into);

  /**
   * Records the step of parameter {@code w}; {@code state} are leaves in the order of {@link
   * #state()}.
   */
  default Map<Var, Var> record(Var w, Var g, List<Var> state, Var rates) {
    if (state.size() != state().size()) {
      throw new IllegalArgumentException(
          "%d state tensors given for %s, this optimiser keeps %s"
              .formatted(state.size(), w, state()));
    }
    Var[] in = new Var[state.size() + 3];
    in[0] = w;
    in[1] = g;
    for (int i = 0; i < state.size(); i++) {
      in[i + 2] = state.get(i);
    }
    in[in.length - 1] = rates;
    Node n = w.tape().record(step(), in);
    Map<Var, Var> assignments = new LinkedHashMap<>();
    assignments.put(w, n.out(0));
    for (int i = 0; i < state.size(); i++) {
      assignments.put(state.get(i), n.out(i + 1));
    }
    return assignments;
  }

  /** Plain gradient descent. */
  static Sgd sgd(float rate) {
    return new Sgd(rate, 0, 0, false, 0);
  }

  /** Gradient descent with momentum. */
  static Sgd sgd(float rate, float momentum) {
    return new Sgd(rate, momentum, 0, false, 0);
  }

  static Adam adam(float rate) {
    return new Adam(rate, 0.9f, 0.999f, 1e-8f, 0, false, false);
  }

  /** Adam with decoupled weight decay 0.01. */
  static Adam adamW(float rate) {
    return new Adam(rate, 0.9f, 0.999f, 1e-8f, 0.01f, true, false);
  }

  static RmsProp rmsProp(float rate) {
    return new RmsProp(rate, 0.99f, 1e-8f, 0, false, 0);
  }

  static Adagrad adagrad(float rate) {
    return new Adagrad(rate, 1e-10f, 0);
  }
}
