package dev.vitrine.bench.conformance;

import dev.vitrine.autodiff.Var;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One op case while it is recorded: its operands, its arguments, and what it gives besides the
 * output.
 */
final class OpCall {
  private final Trial trial;
  private final Map<String, Layout> layouts;
  private final Map<String, Var> operands = new HashMap<>();

  OpCall(Trial trial, Map<String, Layout> layouts) {
    this.trial = trial;
    this.layouts = layouts;
  }

  Json args() throws IOException {
    return trial.golden().args();
  }

  Layout layout(String operand) {
    return layouts.getOrDefault(operand, Layout.PLAIN);
  }

  /** The operand of this name; the same one whenever it is asked for. */
  Var in(String name) throws IOException {
    Var v = operands.get(name);
    if (v == null) {
      v = trial.input(name, layout(name));
      operands.put(name, v);
    }
    return v;
  }

  /** All operands in the order of the case. */
  Var[] operands() throws IOException {
    var all = new ArrayList<Var>();
    for (String name : trial.golden().inputs()) {
      if (!name.equals("grad_output")) {
        all.add(in(name));
      }
    }
    return all.toArray(Var[]::new);
  }

  /** The operand, or null where the case has none of this name. */
  @Nullable Var maybe(String name) throws IOException {
    return trial.golden().has(name) ? in(name) : null;
  }

  /** A value that is no operand of the case. */
  Var input(String name, Numbers values) {
    return trial.input(name, values);
  }

  /** An operand written as integers, as float32. */
  Var real(String name) throws IOException {
    return input(name, trial.golden().input(name).real());
  }

  /** Another result than the output. */
  void also(String name, Var value) {
    trial.put(name, value, Layout.PLAIN);
  }

  /** Another result than the output, which has the output's shape in the golden files. */
  void also(String name, Numbers value) {
    trial.put(name, value);
  }
}
