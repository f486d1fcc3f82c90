package dev.vitrine.bench.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.io.Npy;
import dev.vitrine.tensor.io.Safetensors;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "no process can be sent Ctrl-C there")
class InterruptTest {
  private static final int MORE = 20;
  private static final int FAR_MORE = 1_000_000;

  @TempDir private Path folder;

  @Test
  void afterCtrlCTheSameCommandEndsWithTheSameBits() throws Exception {
    var cli = new Cli(folder);
    Path interrupted = cli.path("interrupted");
    Path log = cli.path("log");
    Process child = Child.start(command(cli, interrupted, FAR_MORE), log);
    awaitFile(interrupted.resolve("checkpoint-seed0.safetensors"), child);
    interrupt(child, log);
    assertTrue(Files.readString(log).contains("the same command goes on"), Files.readString(log));
    assertEquals(List.of("checkpoint-seed0.safetensors"), cli.files(interrupted));

    int epochs = epoch(interrupted.resolve("checkpoint-seed0.safetensors")) + MORE;
    assertEquals(0, cli.run(command(cli, interrupted, epochs).toArray()).code());
    assertEquals(0, cli.run(command(cli, cli.path("whole"), epochs).toArray()).code());
    assertEquals(List.of("model.safetensors", "run.json"), cli.files(interrupted));
    Path model = Path.of("model.safetensors");
    assertEquals(-1, Files.mismatch(interrupted.resolve(model), cli.path("whole").resolve(model)));
  }

  @Test
  void afterCtrlCTheSameExplanationsGoOn() throws Exception {
    var cli = new Cli(folder);
    assertEquals(0, cli.run(command(cli, cli.path("run"), 1).toArray()).code());
    Path rows = cli.path("rows.npy");
    try (Memory memory = new Memory("test")) {
      Npy.write(rows, memory.floats(Shape.of(4_000, 2)));
    }
    Path log = cli.path("log");
    Process child = Child.start(explain(cli, rows, cli.path("x")), log);
    awaitFile(cli.path("x/target-000003.npy"), child);
    interrupt(child, log);
    assertTrue(Files.readString(log).contains("the same command goes on"), Files.readString(log));
    var there = cli.files(cli.path("x"));
    assertTrue(there.contains("shards.jsonl"), there.toString());
    assertTrue(there.stream().noneMatch(f -> f.endsWith(".tmp")), there.toString());

    Cli.Answer rest = cli.run(explain(cli, rows, cli.path("x")).toArray());
    assertEquals(0, rest.code(), rest.err());
    assertEquals(0, cli.run(explain(cli, rows, cli.path("whole")).toArray()).code());
    assertEquals(cli.files(cli.path("whole")), cli.files(cli.path("x")));
    for (String f : cli.files(cli.path("whole"))) {
      assertEquals(-1, Files.mismatch(cli.path("whole").resolve(f), cli.path("x").resolve(f)), f);
    }
  }

  private static List<String> explain(Cli cli, Path rows, Path out) throws IOException {
    var words = new ArrayList<>(List.of("explain", cli.path("run/model.safetensors").toString()));
    words.addAll(List.of("--data", cli.table().toString(), "--label", "kind", "--input"));
    words.addAll(List.of(rows.toString(), "--method", "kernel-shap", "--shard", "16", "--out"));
    words.addAll(List.of(out.toString(), "--backend", "scalar"));
    return words;
  }

  @Test
  void afterCtrlCTheStudioEndsAtOnceAndSaysNothing() throws Exception {
    var cli = new Cli(folder);
    var train = command(cli, cli.path("run"), 1);
    assertEquals(0, cli.run(train.toArray()).code());
    Path log = cli.path("log");
    var words = List.of("studio", cli.path("run").resolve("model.safetensors").toString());
    var data = List.of("--data", cli.table().toString(), "--label", "kind", "--backend", "scalar");
    Process child = Child.start(Stream.concat(words.stream(), data.stream()).toList(), log);
    String said = "";
    for (int i = 0; i < 600 && child.isAlive() && !said.contains("Ctrl-C"); i++) {
      Thread.sleep(50);
      said = Files.readString(log);
    }
    var page = URI.create(said.replaceFirst("(?s).*the page is at (\\S+) until Ctrl-C.*", "$1"));
    try (var socket = new Socket(page.getHost(), page.getPort())) {
      assertTrue(socket.isConnected(), "somebody looks at the page, and keeps a connection");
      long start = System.nanoTime();
      interrupt(child, log);
      long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
      assertTrue(seconds < 10, "it took " + seconds + " s: nothing is left to be done");
    }
    assertEquals(said, Files.readString(log), "nothing more is said, and no stack trace");
  }

  /** Sends Ctrl-C and waits for the end, which must have its exit code. */
  private static void interrupt(Process child, Path log) throws Exception {
    boolean deaf = interruptsAreIgnored();
    if (deaf) {
      System.out.println("SIGINT is ignored here (started in the background), so SIGTERM is sent");
    }
    send(deaf ? "-TERM" : "-INT", child);
    assertTrue(child.waitFor(60, TimeUnit.SECONDS), "it must end on Ctrl-C");
    assertEquals(deaf ? 143 : 130, child.exitValue(), Files.readString(log));
  }

  /** How many epochs are asked for does not change the bits of the first ones. */
  private static List<String> command(Cli cli, Path out, int epochs) throws IOException {
    var words = new ArrayList<>(List.of("train", "--data", cli.table().toString()));
    words.addAll(List.of("--label", "kind", "--model", Cli.LAYERS, "--batch", "1"));
    words.addAll(List.of("--epochs", Integer.toString(epochs), "--out", out.toString()));
    words.addAll(List.of("--backend", "scalar"));
    return words;
  }

  /** The epoch in which the training was. */
  private static int epoch(Path checkpoint) throws IOException {
    try (Memory memory = new Memory("test")) {
      var saved = Safetensors.read(checkpoint, memory);
      return Integer.parseInt(saved.metadata().getOrDefault("epoch", ""));
    }
  }

  private static void awaitFile(Path file, Process child) throws InterruptedException {
    for (int i = 0; i < 600 && child.isAlive() && !Files.exists(file); i++) {
      Thread.sleep(50);
    }
  }

  /** A process started in the background of a script ignores SIGINT, and so do its children. */
  private static boolean interruptsAreIgnored() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.isReadable(status)) {
      return false;
    }
    for (String line : Files.readAllLines(status)) {
      if (line.startsWith("SigIgn:")) {
        return (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0;
      }
    }
    return false;
  }

  private static void send(String signal, Process child) throws Exception {
    new ProcessBuilder("kill", signal, Long.toString(child.pid())).start().waitFor();
  }
}
