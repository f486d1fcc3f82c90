package dev.vitrine.autodiff.compile;

import dev.vitrine.autodiff.Var;
import dev.vitrine.autodiff.op.Relu;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes the slope of a relu from what it gave: relu(x) &gt; 0 exactly where x &gt; 0. So x need not
 * be kept for the way back.
 */
public record ReadReluOutput() implements Pass {
  @Override
  public Schedule apply(Schedule s) {
    Map<Var, Var> relus = new HashMap<>();
    var steps = new ArrayList<Step>();
    for (Step step : s.steps()) {
      Step now = step;
      Var x = step.in().isEmpty() ? null : step.in().getFirst();
      if (x != null && step.op() instanceof Relu) {
        relus.putIfAbsent(x, step.out().getFirst());
      } else if (x != null
          && step.op() instanceof dev.vitrine.autodiff.op.Step
          && relus.containsKey(x)) {
        now = new Step(step.op(), step.name(), List.of(relus.get(x)), step.out());
      }
      steps.add(now);
    }
    return s.with(steps);
  }
}
