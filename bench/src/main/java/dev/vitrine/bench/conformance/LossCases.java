package dev.vitrine.bench.conformance;

import static dev.vitrine.bench.conformance.OpCase.plain;

import dev.vitrine.autodiff.Var;
import dev.vitrine.nn.loss.Losses;
import dev.vitrine.nn.loss.Reduction;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.io.FormatException;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The methods of group op that are losses, and the losses of whole models. */
final class LossCases {
  private LossCases() {}

  /** What {@link #of} knows. */
  static final Set<String> OF_MODELS =
      Set.of("cross_entropy", "mse", "bce", "bce_with_logits", "l1", "huber");

  /** Methods by name. */
  static final Map<String, OpCase> TABLE =
      Map.ofEntries(
          plain("cross_entropy", c -> crossEntropy(c, c.in("target"))),
          plain("cross_entropy_soft", c -> crossEntropy(c, c.in("target_prob"))),
          plain(
              "nll_loss",
              c ->
                  Losses.nll(
                      c.in("logp"), c.in("target"), c.maybe("class_weight"), reduction(c.args()))),
          plain("bce", c -> Losses.bce(c.in("prob"), c.in("target"), reduction(c.args()))),
          plain("bce_with_logits", LossCases::bceWithLogits),
          plain("mse", c -> Losses.mse(c.in("a"), c.in("b"), reduction(c.args()))),
          plain("l1", c -> Losses.l1(c.in("a"), c.in("b"), reduction(c.args()))),
          plain(
              "huber",
              c ->
                  Losses.huber(c.in("a"), c.in("b"), c.args().real("delta"), reduction(c.args()))));

  /** The loss that {@code args} names, of a model's output. */
  static Var of(Json args, Var output, Var target) throws IOException {
    Reduction reduction = reduction(args);
    String name = args.text("loss");
    return switch (name) {
      case "cross_entropy" -> Losses.crossEntropy(output, target, 0, null, reduction);
      case "mse" -> Losses.mse(output, target, reduction);
      case "bce" -> Losses.bce(output, target, reduction);
      case "bce_with_logits" -> Losses.bceWithLogits(output, target, null, reduction);
      case "l1" -> Losses.l1(output, target, reduction);
      case "huber" -> Losses.huber(output, target, args.real("delta"), reduction);
      default ->
          throw new FormatException(
              args.file().toString(),
              "loss \"" + name + "\" is unknown; there are " + String.join(", ", OF_MODELS));
    };
  }

  private static Var crossEntropy(OpCall c, Var target) throws IOException {
    return Losses.crossEntropy(
        c.in("logits"),
        target,
        c.args().real("label_smoothing", 0),
        c.maybe("class_weight"),
        reduction(c.args()));
  }

  private static Var bceWithLogits(OpCall c) throws IOException {
    @Nullable Var weight = null;
    if (c.args().has("pos_weight")) {
      double[] w = c.args().numbers("pos_weight");
      weight = c.input("pos_weight", Numbers.of(Shape.of(w.length), w));
    }
    return Losses.bceWithLogits(c.in("logits"), c.in("target"), weight, reduction(c.args()));
  }

  private static Reduction reduction(Json args) throws IOException {
    String name = args.text("reduction");
    try {
      return Reduction.valueOf(name.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new FormatException(
          args.file().toString(),
          "reduction \"" + name + "\" is unknown; there are none, sum and mean",
          e);
    }
  }
}
