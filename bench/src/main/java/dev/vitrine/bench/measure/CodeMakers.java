package dev.vitrine.bench.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the threads that make code of the JVM are doing: its compilers, and what our vector backend
 * runs beside the work so that they compile it.
 */
final class CodeMakers {
  /** Beginnings of their names, of which Linux keeps 15 characters. */
  private static final List<String> NAMES = List.of("C1 Comp", "C2 Comp", "vitrine-warm");

  private Map<Path, Long> before = Map.of();

  /**
   * Nanoseconds that they have worked, or waited for a core, since the last call; those that ended
   * don't count.
   */
  long busy() throws IOException {
    Map<Path, Long> now = new HashMap<>();
    try (var tasks = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
      for (Path task : tasks) {
        try {
          String name = Files.readString(task.resolve("comm"));
          if (NAMES.stream().anyMatch(name::startsWith)) {
            String[] times = // on a core, waiting for one, slices
                Files.readString(task.resolve("schedstat")).strip().split(" ");
            now.put(task, Long.parseLong(times[0]) + Long.parseLong(times[1]));
          }
        } catch (NoSuchFileException ended) {
          now.remove(task);
        }
      }
    }
    long sum = 0;
    for (var e : now.entrySet()) {
      sum += e.getValue() - before.getOrDefault(e.getKey(), 0L);
    }
    before = now;
    return sum;
  }
}
