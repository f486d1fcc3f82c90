package dev.vitrine.bench;

import java.io.PrintWriter;
import java.nio.file.Path;

/**
 * A short day at the workbench: help, a training, an explanation. What the JVM sees of it goes into
 * the AOT cache that bench/jvm makes.
 */
final class Rehearsal {
  private static final String LAYERS =
      "conv2d(1, 4, 3) relu maxPool2d(2) flatten linear(676, 16) relu linear(16, 10)";

  private Rehearsal() {}

  /** Writes into the folder that is the one argument. */
  public static void main(String[] args) {
    Path model = Path.of(args[0], "model.safetensors");
    run("--help");
    run(
        "train",
        "--data",
        "drawn",
        "--model",
        LAYERS,
        "--optimizer",
        "sgd",
        "--epochs",
        "1",
        "--out",
        args[0]);
    run("explain", model.toString(), "--data", "drawn", "--rows", "0-3", "--out", args[0]);
  }

  private static void run(String... words) {
    int code = Vitrine.run(new PrintWriter(System.out, true), new PrintWriter(System.err), words);
    if (code != 0) {
      throw new IllegalStateException(
          "\"%s\" ended with exit code %d".formatted(String.join(" ", words), code));
    }
  }
}
