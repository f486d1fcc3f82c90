package dev.vitrine.autodiff.compile;

import dev.vitrine.autodiff.Var;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;

/** Leaves out steps whose values nobody reads. */
public record DropDead() implements Pass {
  @Override
  public Schedule apply(Schedule s) {
    Set<Var> read = new HashSet<>(s.roots());
    var kept = new ArrayList<Step>();
    for (Step step : s.steps().reversed()) {
      if (!Collections.disjoint(step.out(), read)) {
        kept.add(step);
        for (int i = 0; i < step.in().size(); i++) {
          if (step.op().reads(i)) {
            read.add(step.in().get(i));
          }
        }
      }
    }
    return s.with(kept.reversed());
  }
}
