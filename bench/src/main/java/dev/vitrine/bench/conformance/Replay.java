package dev.vitrine.bench.conformance;

import dev.vitrine.autodiff.Leaf;
import dev.vitrine.autodiff.Node;
import dev.vitrine.autodiff.Var;
import dev.vitrine.autodiff.compile.Program;
import dev.vitrine.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** What was recorded eagerly gives the same bits as a compiled program. */
final class Replay {
  private Replay() {}

  /**
   * Compiles everything the trial has on its tape, replays it, and compares with the eager values.
   */
  static Verdict check(Trial trial) {
    List<Var> results = trial.values();
    if (results.isEmpty()) {
      return Verdict.passed(0);
    }
    try (var program = Program.compile(results);
        var workspace = program.workspace()) {
      for (Var v : inputs(trial)) {
        workspace.tensor(v).set(v.value());
      }
      program.run(workspace);
      for (Var v : results) {
        long at = mismatch(workspace.tensor(v), v.value());
        if (at >= 0) {
          return Verdict.failed(
              "%s: element %d is %s compiled and %s eager"
                  .formatted(v.node(), at, workspace.tensor(v).at(at), v.value().at(at)));
        }
      }
      return Verdict.passed(0);
    }
  }

  private static List<Var> inputs(Trial trial) {
    var all = new ArrayList<Var>();
    for (Node n : trial.tape().nodes()) {
      if (n.op() instanceof Leaf l && l.kind() == Leaf.Kind.INPUT) {
        all.add(n.out());
      }
    }
    return all;
  }

  /** The first element whose bits differ, -1 = none. All NaNs are one value. */
  private static long mismatch(Tensor a, Tensor b) {
    for (long i = 0; i < a.size(); i++) {
      if (a.intAt(i) != b.intAt(i) && !(Float.isNaN(a.at(i)) && Float.isNaN(b.at(i)))) {
        return i;
      }
    }
    return -1;
  }
}
