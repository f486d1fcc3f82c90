package dev.vitrine.bench.run;

import dev.vitrine.nn.optim.Optimizer;
import org.jspecify.annotations.Nullable;

/** Optimisers by the names that the command line knows. */
public final class Optimizers {
  private static final float RATE = 1e-3f;
  private static final float MOMENTUM = 0.9f;

  private Optimizers() {}

  /** Without a name Adam, without a learning rate 0.001. */
  public static Optimizer named(@Nullable String name, @Nullable Float rate) {
    float r = rate == null ? RATE : rate;
    if (!Float.isFinite(r)) {
      throw new IllegalArgumentException("--rate %s: a number is needed".formatted(r));
    }
    return switch (name == null ? "adam" : name) {
      case "sgd" -> Optimizer.sgd(r, MOMENTUM);
      case "adam" -> Optimizer.adam(r);
      case "adamw" -> Optimizer.adamW(r);
      case "rmsprop" -> Optimizer.rmsProp(r);
      case "adagrad" -> Optimizer.adagrad(r);
      default ->
          throw new IllegalArgumentException(
              "no optimizer is called \"%s\"; there are sgd, adam, adamw, rmsprop and adagrad"
                  .formatted(name));
    };
  }
}
