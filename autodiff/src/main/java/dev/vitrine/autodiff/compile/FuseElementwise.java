package dev.vitrine.autodiff.compile;

import dev.vitrine.autodiff.Op;
import dev.vitrine.autodiff.Var;
import dev.vitrine.autodiff.op.BinaryOp;
import dev.vitrine.autodiff.op.Select;
import dev.vitrine.autodiff.op.UnaryOp;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Chain;
import dev.vitrine.tensor.kernel.FusedKernels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Joins steps that work element by element on one shape, where nobody else reads what lies between
 * them: it then never leaves the first cache.
 */
public record FuseElementwise() implements Pass {
  @Override
  public Schedule apply(Schedule s) {
    return Fusion.of(s, all -> s.steps().reversed().forEach(step -> find(step, s, all)));
  }

  private static void find(Step last, Schedule s, Fusion all) {
    if (!isElementwise(last) || all.gone.contains(last)) {
      return;
    }
    Set<Step> joined = joined(last, all.uses);
    if (joined.size() > 1) {
      all.fused.put(last, chained(last, s.steps().stream().filter(joined::contains).toList()));
      joined.remove(last);
      all.gone.addAll(joined);
    }
  }

  private static boolean isElementwise(Step step) {
    return step.op() instanceof UnaryOp
        || (step.op() instanceof BinaryOp || step.op() instanceof Select s && !s.integers())
            && step.in().stream().allMatch(v -> fits(v, step));
  }

  /** A number, or of the shape of what the step gives. */
  private static boolean fits(Var v, Step step) {
    Shape y = step.out().getFirst().shape();
    return v.shape().equals(y) || v.shape().size() == 1;
  }

  /** The step and all before it whose readers are among them. */
  private static Set<Step> joined(Step last, Uses uses) {
    Set<Step> joined = new LinkedHashSet<>(List.of(last));
    var open = new ArrayList<>(last.in());
    while (!open.isEmpty()) {
      Var v = open.removeFirst();
      Step giver = uses.giver(v, Op.class);
      if (giver != null
          && joined.size() < Chain.MOST_LINKS
          && isElementwise(giver)
          && v.shape().equals(last.out().getFirst().shape())
          && !uses.isRoot(v)
          && joined.containsAll(uses.readers(v))
          && joined.add(giver)) {
        open.addAll(giver.in());
      }
    }
    return joined;
  }

  /** The steps, in their order, as one in place of the last of them. */
  private static Step chained(Step last, List<Step> steps) {
    var inputs = new LinkedHashSet<Var>();
    var between = new HashSet<Var>();
    for (Step step : steps) {
      step.in().stream().filter(v -> !between.contains(v)).forEach(inputs::add);
      between.addAll(step.out());
    }
    Map<Var, Integer> numbers = new HashMap<>();
    inputs.forEach(v -> numbers.put(v, numbers.size()));
    var links = new ArrayList<Chain.Link>();
    for (Step step : steps) {
      List<Integer> in = step.in().stream().map(v -> numbers.getOrDefault(v, -1)).toList();
      links.add(
          switch (step.op()) {
            case UnaryOp f -> new Chain.Map(f.function(), f.p(), f.q(), in.get(0));
            case BinaryOp f -> new Chain.Zip(f.function(), in.get(0), in.get(1));
            case Select _ -> new Chain.Choose(in.get(0), in.get(1), in.get(2));
            default -> throw new IllegalStateException(step.toString());
          });
      numbers.put(step.out().getFirst(), numbers.size());
    }
    var op = new Chained(new Chain(inputs.size(), links));
    return new Step(op, last.name(), List.copyOf(inputs), last.out());
  }

  /** A chain of functions. */
  private record Chained(Chain chain) implements FusedOp {
    @Override
    public void forward(FusedKernels k, Tensor[] in, Tensor[] out) {
      k.chain(chain, in, out[0]);
    }

    @Override
    public boolean pointwise() {
      return true;
    }

    @Override
    public String name() {
      return "Elementwise" + chain;
    }
  }
}
