package dev.vitrine.bench.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What the operating system says about the processor: its model, and the vector instructions it
 * has.
 */
record Machine(String processor, List<String> features) {
  private static final Path CPUINFO = Path.of("/proc/cpuinfo");

  /** The features that decide how fast kernels are, x86 and ARM. */
  private static final Predicate<String> WORTH_SHOWING =
      Pattern.compile("sse4_2|avx.*|fma|f16c|amx_.*|asimd.*|sve.*|sme\\d*").asMatchPredicate();

  /** This machine; model and features are unknown where there is no /proc/cpuinfo. */
  static Machine here() throws IOException {
    return Files.isReadable(CPUINFO)
        ? parse(Files.readAllLines(CPUINFO))
        : new Machine(System.getProperty("os.arch"), List.of());
  }

  /** The first processor of a /proc/cpuinfo, x86 or ARM. */
  static Machine parse(List<String> cpuinfo) {
    String processor = System.getProperty("os.arch");
    Set<String> features = new LinkedHashSet<>();
    for (String line : cpuinfo) {
      int colon = line.indexOf(':');
      String key = colon < 0 ? "" : line.substring(0, colon).strip();
      String value = colon < 0 ? "" : line.substring(colon + 1).strip();
      switch (key) {
        case "model name" -> processor = value;
        case "flags", "Features" ->
            Arrays.stream(value.split(" ")).filter(WORTH_SHOWING).forEach(features::add);
        default -> {}
      }
    }
    return new Machine(processor, List.copyOf(features));
  }
}
