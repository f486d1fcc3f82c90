package dev.vitrine.bench.run;

import dev.vitrine.nn.data.Split;
import java.util.LinkedHashMap;
import java.util.Map;

/** What decides the bits of a run, as {@code run.json} and the page list it. */
final class Configuration {
  private Configuration() {}

  static Map<String, String> of(Workload w, Split data, long seed) {
    Map<String, String> m = new LinkedHashMap<>();
    m.put("workload", w.name());
    m.put("data", w.data());
    m.put("train", data.train().toString());
    m.put("test", data.test().toString());
    m.put("model", w.model());
    m.put("optimizer", w.optimizer().toString());
    m.put("batch", Integer.toString(w.batch()));
    m.put("epochs", Integer.toString(w.epochs()));
    m.put("seed", Long.toString(seed));
    return m;
  }
}
