package dev.vitrine.bench.peers;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A running {@link Worker}, seen from the conductor. It waits on its input unless it is asked. */
final class Peer implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 5;

  private final Contender contender;
  private final Path log;
  private final String description;
  private final Process process;
  private final BufferedWriter questions;
  private final BufferedReader answers;

  /** An engine can't do what was asked; the message is its reason. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    Refused(String reason) {
      super(reason);
    }
  }

  /** Starts it on this processor core; what it prints goes to {@code log}. */
  Peer(Contender contender, int core, Path log) throws Refused {
    this.contender = contender;
    this.log = log;
    // setsid: Ctrl-C is the conductor's; a worker ends when its input does
    var command = new ArrayList<String>(List.of("setsid", "taskset", "-c", Integer.toString(core)));
    command.addAll(contender.command());
    var builder = new ProcessBuilder(command).redirectError(log.toFile());
    builder.environment().putAll(Contender.ENVIRONMENT);
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new Refused("it can't be started: " + e.getMessage());
    }
    questions = process.outputWriter();
    answers = process.inputReader();
    description = String.join(" ", answer("hello"));
  }

  Contender contender() {
    return contender;
  }

  String description() {
    return description;
  }

  /** Builds the workload, lets it learn and warms it up: mean losses before and after. */
  Learning prepare(Workload w, long millis) throws Refused {
    List<String> a = ask("prepare " + w.id() + " " + millis, "ready");
    return new Learning(Double.parseDouble(a.get(0)), Double.parseDouble(a.get(1)));
  }

  /** Runs what is prepared for a while. */
  Sample run(long millis) throws Refused {
    List<String> a = ask("run " + millis, "ran");
    double runs = Double.parseDouble(a.get(0));
    return Sample.slice(Double.parseDouble(a.get(1)) / runs, Double.parseDouble(a.get(2)) / runs);
  }

  /** Times a fresh process from its start to its end. */
  static Sample fresh(Contender contender, Workload w, int core, Path log) throws Refused {
    long start = System.nanoTime();
    try (var peer = new Peer(contender, core, log)) {
      List<String> a = peer.ask("fresh " + w.id(), "ran");
      peer.end();
      double wall = System.nanoTime() - start;
      double kibibytes = Double.parseDouble(a.get(2));
      return Sample.fresh(wall, Double.parseDouble(a.get(1)), kibibytes / 1024);
    }
  }

  private List<String> ask(String question, String expected) throws Refused {
    try {
      questions.write(question + "\n");
      questions.flush();
    } catch (IOException e) {
      throw ended();
    }
    return answer(expected);
  }

  private List<String> answer(String expected) throws Refused {
    try {
      for (String line = answers.readLine(); line != null; line = answers.readLine()) {
        if (line.startsWith(Worker.MARK)) {
          List<String> words = List.of(line.substring(Worker.MARK.length()).split(" "));
          List<String> rest = words.subList(1, words.size());
          if (!words.getFirst().equals(expected)) {
            throw new Refused(String.join(" ", rest));
          }
          return rest;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw ended();
  }

  private Refused ended() {
    try {
      process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    close();
    return new Refused(
        "its process ended with exit code %d, see %s".formatted(process.exitValue(), log));
  }

  private void end() {
    try {
      questions.close();
      process.waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
