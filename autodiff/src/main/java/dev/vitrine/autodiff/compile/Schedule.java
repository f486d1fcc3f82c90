package dev.vitrine.autodiff.compile;

import dev.vitrine.autodiff.Leaf;
import dev.vitrine.autodiff.Node;
import dev.vitrine.autodiff.Tape;
import dev.vitrine.autodiff.Var;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a program will do: steps in order, the values wanted at the end, and the assignments leaf ←
 * value that are made after the last step. Passes turn one schedule into another that gives the
 * same bits.
 */
public record Schedule(Tape tape, List<Step> steps, List<Var> outputs, Map<Var, Var> assignments) {

  /** Everything on the tape, as recorded. */
  static Schedule of(Tape tape, List<Var> outputs, Map<Var, Var> assignments) {
    assignments.forEach((leaf, value) -> {
      if (!(leaf.node().op() instanceof Leaf l) || l.kind() == Leaf.Kind.CONSTANT) {
        throw new IllegalArgumentException(
            "only inputs and parameters can be assigned to, " + leaf + " is neither");
      }
      if (l.kind() == Leaf.Kind.PARAMETER && leaf.value().segment().isReadOnly()) {
        throw new IllegalArgumentException(
            leaf + " lies in a file that was mapped for reading; train a copy() of it");
      }
      if (!leaf.shape().equals(value.shape())) {
        throw new IllegalArgumentException(
            "%s of shape %s can't be assigned to %s of shape %s"
                .formatted(value, value.shape(), leaf, leaf.shape()));
      }
    });
    var steps = new ArrayList<Step>();
    for (Node n : tape.nodes()) {
      if (!(n.op() instanceof Leaf)) {
        steps.add(Step.of(n));
      }
    }
    return new Schedule(
        tape, List.copyOf(steps), List.copyOf(outputs), new LinkedHashMap<>(assignments));
  }

  /** Values that somebody outside reads: outputs and the right sides of assignments. */
  List<Var> roots() {
    var all = new ArrayList<Var>(outputs);
    all.addAll(assignments.values());
    return all;
  }

  /** The same with other steps. */
  Schedule with(List<Step> others) {
    return new Schedule(tape, List.copyOf(others), outputs, assignments);
  }

  /** The same without some steps and with others in place of some. */
  Schedule replaced(Set<Step> gone, Map<Step, Step> others) {
    return with(
        steps.stream().filter(s -> !gone.contains(s)).map(s -> others.getOrDefault(s, s)).toList());
  }
}
