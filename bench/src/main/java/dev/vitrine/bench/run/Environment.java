package dev.vitrine.bench.run;

import dev.vitrine.tensor.kernel.Device;
import java.util.LinkedHashMap;
import java.util.Map;

/** Where a run was made; the bits of its results do not depend on it. */
final class Environment {
  private Environment() {}

  static Map<String, String> of(Device device) {
    Map<String, String> m = new LinkedHashMap<>();
    m.put(
        "java",
        System.getProperty("java.runtime.version") + ", " + System.getProperty("java.vm.vendor"));
    m.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    m.put("architecture", System.getProperty("os.arch"));
    m.put("cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
    m.put("backend", device.toString());
    return m;
  }
}
