package dev.vitrine.bench.gemm;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.management.JMException;
import javax.management.ObjectName;

/** What C2 has made of the vector backend, according to the JVM's list of compiled code. */
final class Compiled {
  private static final String PACKAGE = "dev.vitrine.tensor.kernel.vector.";
  private static final List<String> TILES =
      List.of("Tile4.along", "Tile4.down", "Tile2.along", "Tile2.down");

  private Compiled() {}

  /**
   * Waits for the end of the warm-up that the first product starts; refuses if it ended without
   * tiles from C2.
   */
  static void awaitTiles() throws InterruptedException {
    for (Thread t : Thread.getAllStackTraces().keySet()) {
      if (t.getName().equals("vitrine-warm-up")) {
        t.join();
      }
    }
    Set<String> methods = methods();
    for (String tile : TILES) {
      if (!methods.contains(tile)) {
        throw new IllegalStateException(
            "C2 has not compiled %s, only %s: start the JVM with -XX:Tier3DelayOn=1000000"
                .formatted(tile, methods));
      }
    }
  }

  /** Methods of the vector backend that C2 has compiled, as {@code Class.method}. */
  static Set<String> methods() {
    var found = new TreeSet<String>();
    for (String line : list().split("\n")) {
      String[] words = line.strip().split("\\s+"); // id, level, state, method(signature), …
      if (words.length > 3 && words[1].equals("4") && words[3].startsWith(PACKAGE)) {
        found.add(words[3].substring(PACKAGE.length(), words[3].indexOf('(')));
      }
    }
    return found;
  }

  private static String list() {
    try {
      var commands = new ObjectName("com.sun.management:type=DiagnosticCommand");
      var server = ManagementFactory.getPlatformMBeanServer();
      return (String) server.invoke(commands, "compilerCodelist", null, null);
    } catch (JMException e) {
      throw new IllegalStateException("this JVM has no list of compiled code: use HotSpot", e);
    }
  }
}
