package dev.vitrine.autodiff.compile;

import dev.vitrine.autodiff.Op;
import dev.vitrine.autodiff.Var;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Computes common subexpressions once: ops are records and nothing on a tape writes, so equal ops
 * on equal inputs give equal bits.
 *
 * <p>An input that lends only its shape is compared by its shape.
 */
public record MergeEqual() implements Pass {
  private record Key(Op op, List<Object> in) {}

  @Override
  public Schedule apply(Schedule s) {
    Map<Key, Step> seen = new HashMap<>();
    Map<Var, Var> same = new HashMap<>();
    var kept = new ArrayList<Step>();
    for (Step step : s.steps()) {
      var in = new ArrayList<Var>();
      var key = new ArrayList<Object>();
      for (int i = 0; i < step.in().size(); i++) {
        Var v = step.in().get(i);
        Var first = same.getOrDefault(v, v);
        in.add(first);
        key.add(step.op().reads(i) ? first : first.shape());
      }
      Step known = seen.get(new Key(step.op(), key));
      if (known == null) {
        Step own = new Step(step.op(), step.name(), in, step.out());
        seen.put(new Key(step.op(), key), own);
        kept.add(own);
      } else {
        for (int o = 0; o < step.out().size(); o++) {
          same.put(step.out().get(o), known.out().get(o));
        }
      }
    }
    Map<Var, Var> assignments = new LinkedHashMap<>();
    s.assignments().forEach((leaf, v) -> assignments.put(leaf, same.getOrDefault(v, v)));
    List<Var> outputs = s.outputs().stream().map(v -> same.getOrDefault(v, v)).toList();
    return new Schedule(s.tape(), List.copyOf(kept), outputs, assignments);
  }
}
