package dev.vitrine.bench.command;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line in a process of its own, which can be killed. */
final class Child {
  private Child() {}

  /** Starts a command; what it says goes to a file. */
  static Process start(List<String> command, Path log) throws IOException {
    return start(List.of(), command, log);
  }

  /** The same with further options of the JVM. */
  static Process start(List<String> options, List<String> command, Path log) throws IOException {
    return new ProcessBuilder(words(options, command))
        .redirectErrorStream(true)
        .redirectOutput(Redirect.appendTo(log.toFile()))
        .start();
  }

  /** What starts it. */
  static List<String> words(List<String> options, List<String> command) {
    var words = new ArrayList<String>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(List.of("-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED"));
    words.addAll(options);
    words.addAll(List.of("-cp", System.getProperty("java.class.path")));
    words.add("dev.vitrine.bench.Vitrine");
    words.addAll(command);
    return words;
  }
}
