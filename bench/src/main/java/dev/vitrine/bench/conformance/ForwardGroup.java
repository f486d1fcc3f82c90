package dev.vitrine.bench.conformance;

import java.io.IOException;
import java.util.Set;

/** {@code output} of models, its {@code softmax}, and the values of nodes, {@code act.<node>}. */
final class ForwardGroup implements Group {
  @Override
  public String name() {
    return "forward";
  }

  @Override
  public Set<String> methods() {
    return Set.of("forward");
  }

  @Override
  public void run(Trial trial) throws IOException {
    var recording = trial.model(false).record(trial.input("x", Layout.IMAGE));
    trial.put("output", recording.output(), Layout.PLAIN);
    trial.put("softmax", recording.output().softmax(), Layout.PLAIN);
    recording.values().forEach((name, v) -> trial.put("act." + name, v, Layout.IMAGE));
  }
}
