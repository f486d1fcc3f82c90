package dev.vitrine.bench.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.io.Npy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * kill -9 at random moments: the same command goes on, and ends with the bytes of an undisturbed
 * run. {@code -Dvitrine.kills=FOLDER} writes what each kill met to {@code kills-*.csv} there.
 */
class KillTest {
  private static final int FEW = 3;
  private static final int MANY = 50;

  @TempDir private Path folder;
  private Cli cli;
  private Path log;
  private final StringBuilder table = new StringBuilder();

  @BeforeEach
  void openTheCommandLine() {
    cli = new Cli(folder);
    log = cli.path("log");
  }

  @Test
  void explanations() throws Exception {
    explanations(FEW);
  }

  @Test
  @Tag("slow")
  void explanationsKilledOften() throws Exception {
    explanations(MANY);
  }

  @Test
  void trainings() throws Exception {
    trainings(FEW);
  }

  @Test
  @Tag("slow")
  void trainingsKilledOften() throws Exception {
    trainings(MANY);
  }

  private void explanations(int kills) throws Exception {
    assertEquals(0, cli.train(cli.path("out")).code());
    try (var memory = new Memory("test")) {
      Tensor x = memory.floats(Shape.of(10_000, 2));
      for (int i = 0; i < x.size(); i++) {
        x.put(i, i % 97 / 50f - 1);
      }
      Npy.write(cli.path("rows.npy"), x);
    }
    Path table = cli.table();
    killed(
        kills,
        "explain",
        "target-000000.npy",
        out ->
            List.of(
                "explain",
                cli.path("out/model.safetensors").toString(),
                "--input",
                cli.path("rows.npy").toString(),
                "--data",
                table.toString(),
                "--label",
                "kind",
                "--method",
                "saliency,integrated-gradients",
                "--shard",
                "256",
                "--out",
                out.toString(),
                "--backend",
                "scalar"));
    var whole = cli.files(cli.path("whole"));
    assertEquals(1 + 3 * 40, whole.size());
    for (Path run : runs()) {
      assertEquals(whole, cli.files(run));
      for (String f : whole) {
        assertEquals(-1, Files.mismatch(cli.path("whole").resolve(f), run.resolve(f)), f);
      }
    }
  }

  private void trainings(int kills) throws Exception {
    Path table = cli.table();
    killed(
        kills,
        "train",
        "checkpoint-seed0.safetensors",
        out ->
            List.of(
                "train",
                "--data",
                table.toString(),
                "--label",
                "kind",
                "--model",
                Cli.LAYERS,
                "--batch",
                "1",
                "--epochs",
                "300",
                "--out",
                out.toString(),
                "--backend",
                "scalar"));
    for (Path run : runs()) {
      Path model = Path.of("model.safetensors");
      assertEquals(-1, Files.mismatch(cli.path("whole").resolve(model), run.resolve(model)));
    }
  }

  private List<Path> runs() throws IOException {
    try (var all = Files.list(cli.path("killed"))) {
      return all.toList();
    }
  }

  private interface Command {
    List<String> into(Path out) throws IOException;
  }

  /**
   * Runs it undisturbed, then kills it at moments drawn from the time that this took, until so many
   * kills met it in its work.
   */
  private void killed(int kills, String what, String begun, Command command) throws Exception {
    long seed = System.nanoTime();
    System.out.printf("%s: %d kills, seed %d%n", what, kills, seed);
    var random = new Random(seed);
    long start = System.nanoTime();
    Process undisturbed = Child.start(command.into(cli.path("whole")), log);
    while (undisturbed.isAlive() && !Files.exists(cli.path("whole").resolve(begun))) {
      Thread.sleep(5);
    }
    long begin = millisSince(start);
    end(undisturbed);
    long whole = millisSince(start);
    Files.createDirectories(cli.path("killed"));
    table.append(
        "run,killed after ms,of ms undisturbed,first file after ms,files there,met work\n");
    int run = 0;
    int met = 0;
    while (met < kills) {
      Path out = cli.path("killed/" + run);
      long moment = random.nextLong(begin / 2, (begin + whole) / 2 + 1);
      Process child = Child.start(command.into(out), log);
      boolean ended = child.waitFor(moment, TimeUnit.MILLISECONDS);
      child.destroyForcibly().waitFor();
      int files = Files.exists(out) ? cli.files(out).size() : 0;
      boolean work = !ended && Files.exists(out.resolve(begun));
      table.append("%d,%d,%d,%d,%d,%s\n".formatted(run, moment, whole, begin, files, work));
      met += work ? 1 : 0;
      if (ended || random.nextInt(3) == 0) {
        end(Child.start(command.into(out), log));
        run++;
      }
    }
    if (Files.exists(cli.path("killed/" + run))) {
      end(Child.start(command.into(cli.path("killed/" + run)), log));
    }
    System.out.println(table);
    String to = System.getProperty("vitrine.kills");
    if (to != null) {
      Files.writeString(Path.of(to, "kills-" + what + ".csv"), table);
    }
    System.out.printf("%s: %d kills met it in its work%n", what, met);
  }

  private static long millisSince(long start) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
  }

  private void end(Process child) throws Exception {
    assertTrue(child.waitFor(120, TimeUnit.SECONDS), "it must end");
    assertEquals(
        0,
        child.exitValue(),
        () -> {
          try {
            return Files.readString(log);
          } catch (IOException e) {
            return e.toString();
          }
        });
  }
}
