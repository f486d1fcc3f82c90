package dev.vitrine.bench.kernels;

import java.lang.management.ManagementFactory;
import java.util.Set;
import java.util.TreeSet;
import javax.management.JMException;
import javax.management.ObjectName;

/** What C2 has made of the vector backend, according to the JVM's list of compiled code. */
final class Compiled {
  private static final String PACKAGE = "dev.vitrine.tensor.kernel.vector.";

  private Compiled() {}

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
