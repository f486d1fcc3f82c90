package dev.vitrine.autodiff.compile;

import dev.vitrine.autodiff.Op;
import dev.vitrine.autodiff.Var;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who gives and who reads each value of a schedule. */
final class Uses {
  private final Map<Var, Step> givers = new HashMap<>();
  private final Map<Var, List<Step>> readers = new HashMap<>();
  private final Set<Var> roots;

  Uses(Schedule s) {
    roots = new HashSet<>(s.roots());
    for (Step step : s.steps()) {
      step.out().forEach(v -> givers.put(v, step));
      for (int k = 0; k < step.in().size(); k++) {
        if (step.op().reads(k)) {
          readers.computeIfAbsent(step.in().get(k), v -> new ArrayList<>()).add(step);
        }
      }
    }
  }

  /** The step that gives {@code v}, if its op is of this class. */
  @Nullable Step giver(Var v, Class<? extends Op> op) {
    Step step = givers.get(v);
    return step != null && op.isInstance(step.op()) ? step : null;
  }

  /** The steps that read {@code v}: one that reads it twice comes twice. */
  List<Step> readers(Var v) {
    return readers.getOrDefault(v, List.of());
  }

  /** True if somebody outside the schedule reads {@code v} too. */
  boolean isRoot(Var v) {
    return roots.contains(v);
  }

  /** The only step that reads {@code v}, if nobody else does. */
  @Nullable Step onlyReader(Var v) {
    List<Step> all = readers(v);
    return all.size() == 1 && !isRoot(v) ? all.getFirst() : null;
  }
}
