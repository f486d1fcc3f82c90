package dev.vitrine.bench.conformance;

import dev.vitrine.autodiff.Flow;
import dev.vitrine.autodiff.Var;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code output} of single ops, and {@code grad_a} = d Σ(output·grad_output) / d a for their
 * operands.
 */
final class OpGroup implements Group {
  private static final String GRADIENT = "grad_";
  private final Map<String, OpCase> cases = new HashMap<>();

  OpGroup() {
    cases.putAll(OpCases.TABLE);
    cases.putAll(ReductionCases.TABLE);
    cases.putAll(LossCases.TABLE);
  }

  @Override
  public String name() {
    return "op";
  }

  @Override
  public Set<String> methods() {
    return cases.keySet();
  }

  @Override
  public void run(Trial trial) throws IOException {
    var op = cases.get(trial.golden().method());
    if (op == null) {
      throw new IllegalArgumentException("no op is called " + trial.golden().method());
    }
    var call = new OpCall(trial, op.layouts());
    Map<String, Var> operands = new LinkedHashMap<>();
    for (String result : trial.golden().results()) {
      if (result.startsWith(GRADIENT)) {
        String name = result.substring(GRADIENT.length());
        operands.put(name, call.in(name));
      }
    }
    Var y = op.formula().record(call);
    trial.put("output", y, call.layout("output"));
    Var seed = call.in("grad_output");
    Flow flow = trial.backward(y, seed, List.copyOf(operands.values()));
    operands.forEach((name, v) -> trial.putGradient(GRADIENT + name, flow, v, call.layout(name)));
  }
}
