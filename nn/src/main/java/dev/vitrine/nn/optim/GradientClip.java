package dev.vitrine.nn.optim;

import dev.vitrine.autodiff.Var;
import java.util.List;

/** Keeps gradients in bounds, all parameters' at once; recorded on their tape. */
@FunctionalInterface
public interface GradientClip {
  List<Var> of(List<Var> gradients);

  /** As they are. */
  static GradientClip none() {
    return g -> g;
  }

  /**
   * g·min(1, max/(‖g‖ + 10⁻⁶)), the norm over all gradients together. Pascanu, Mikolov and Bengio
   * 2013.
   */
  static GradientClip norm(float max) {
    Ranges.positive("the largest gradient norm", max);
    return gradients -> {
      Var norm = norm(gradients);
      Var factor = norm.tape().constant(max).div(norm.shift(1e-6f)).clip(0, 1);
      return gradients.stream().map(g -> g.mul(factor)).toList();
    };
  }

  /** Every element cut off at ±limit. */
  static GradientClip value(float limit) {
    Ranges.positive("the largest gradient value", limit);
    return gradients -> gradients.stream().map(g -> g.clip(-limit, limit)).toList();
  }

  /** √Σ g² over all gradients together, a scalar. */
  static Var norm(List<Var> gradients) {
    return gradients.stream().map(g -> g.square().total()).reduce(Var::add).orElseThrow().sqrt();
  }
}
