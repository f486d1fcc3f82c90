package dev.vitrine.autodiff.compile;

import dev.vitrine.autodiff.Tape;
import dev.vitrine.autodiff.Var;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What programs of both kinds are made of: a schedule after its passes, and its memory plan. */
record Compilation(Schedule schedule, MemoryPlan plan, Map<Var, Var> aliases, int recorded) {

  static Compilation of(List<Var> outputs, Map<Var, Var> assignments, List<Pass> passes) {
    if (outputs.isEmpty() && assignments.isEmpty()) {
      throw new IllegalArgumentException("a program needs at least one output or assignment");
    }
    Var any = outputs.isEmpty() ? assignments.values().iterator().next() : outputs.getFirst();
    Tape tape = any.tape();
    Schedule s = Schedule.of(tape, outputs, assignments);
    for (Pass pass : passes) {
      s = pass.apply(s);
    }
    Map<Var, Var> aliases = new HashMap<>();
    for (int i = 0; i < outputs.size(); i++) {
      aliases.put(outputs.get(i), s.outputs().get(i));
    }
    return new Compilation(s, new MemoryPlan(s), aliases, tape.nodes().size());
  }

  Workspace workspace() {
    return new Workspace(schedule, plan, aliases);
  }

  @Override
  public String toString() {
    return "%d steps of %d recorded nodes, %,d bytes (%,d if nothing were shared)"
        .formatted(schedule.steps().size(), recorded, plan.bytes(), plan.unsharedBytes());
  }
}
