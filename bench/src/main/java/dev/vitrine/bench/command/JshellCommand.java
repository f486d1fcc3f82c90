package dev.vitrine.bench.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import javax.tools.ToolProvider;
import jdk.jshell.tool.JavaShellToolBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code vitrine jshell [FILE …]}: the JDK's shell, in this JVM, with the library imported. */
@Command(
    name = "jshell",
    mixinStandardHelpOptions = true,
    description = {
      "Open JShell with the library imported; show(attribution) prints it as a picture.",
      "Files are run first; one that ends in /exit is a script."
    })
public final class JshellCommand implements Callable<Integer> {
  @Parameters(arity = "0..*", paramLabel = "FILE", description = "Snippets to run first.")
  private List<Path> files = List.of();

  @Override
  public Integer call() throws Exception {
    if (ToolProvider.getSystemJavaCompiler() == null) {
      throw new IllegalStateException("this Java has no compiler: start with that of a JDK");
    }
    for (Path file : files) {
      if (!Files.isRegularFile(file)) {
        throw new IllegalArgumentException(file + ": no file has this name");
      }
    }
    Path startup = Files.createTempFile("vitrine", ".jsh");
    try {
      Files.writeString(startup, imports());
      var words =
          new ArrayList<>(
              List.of(
                  "--execution",
                  "local", // in this JVM, which was started with the right options
                  "--class-path",
                  System.getProperty("java.class.path"),
                  "--startup",
                  startup.toString(),
                  "--feedback",
                  "concise"));
      files.forEach(f -> words.add(f.toString()));
      return JavaShellToolBuilder.builder().start(words.toArray(String[]::new));
    } finally {
      Files.delete(startup);
    }
  }

  /** What is typed into each shell before its user types. */
  public static String imports() throws IOException {
    try (InputStream in = JshellCommand.class.getResourceAsStream("startup.jsh")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
