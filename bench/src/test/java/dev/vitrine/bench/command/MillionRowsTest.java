package dev.vitrine.bench.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.io.Npy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that don't fit: memory is that of a shard, whatever the file holds. */
class MillionRowsTest {
  private static final int COLUMNS = 100;

  /** 80 MB that are read, and as much that is written. */
  private static final int MANY = 200_000;

  private static final int FEW = MANY / 10;

  /** Half of what the rows alone would take: compiled code and what waits to be freed differ. */
  private static final long ROOM_KIB = (long) MANY * COLUMNS * 4 / 2 >> 10;

  @TempDir private Path folder;

  @Test
  void tenTimesTheRowsTakeNoMoreMemory() throws Exception {
    if (!Files.exists(Path.of("/proc/self/status"))) {
      System.out.println(
          "skipped: no /proc/self/status, which tells how much memory a process had");
    }
    assumeTrue(Files.exists(Path.of("/proc/self/status")), "no /proc/self/status");
    var cli = new Cli(folder);
    Path data = cli.file("wide.csv", table());
    String layers = "linear(" + COLUMNS + ", 4) relu linear(4, 2)";
    Cli.Answer trained =
        cli.run(
            "train",
            "--data",
            data,
            "--label",
            "y",
            "--model",
            layers,
            "--epochs",
            1,
            "--out",
            cli.path("out"),
            "--backend",
            "scalar");
    assertEquals(0, trained.code(), trained.err());
    long few = peak(cli, data, FEW);
    long many = peak(cli, data, MANY);
    System.out.printf("peak of %d rows %d KiB, of %d rows %d KiB%n", FEW, few, MANY, many);
    assertTrue(many - few < ROOM_KIB, "it grew by " + (many - few) + " KiB");
  }

  private static String table() {
    String head =
        IntStream.range(0, COLUMNS).mapToObj(i -> "c" + i).collect(Collectors.joining(","));
    var text = new StringBuilder(head).append(",y\n");
    for (int r = 0; r < 20; r++) {
      for (int c = 0; c < COLUMNS; c++) {
        text.append((r * 31 + c * 17) % 23).append(',');
      }
      text.append(r % 2 == 0 ? "yes\n" : "no\n");
    }
    return text.toString();
  }

  /** KiB of real memory that explaining so many rows took at most, in a heap of 64 MiB. */
  private static long peak(Cli cli, Path data, int rows) throws IOException, InterruptedException {
    Path input = cli.path("rows" + rows + ".npy");
    try (var memory = new Memory("test")) {
      Npy.write(input, memory.floats(Shape.of(rows, COLUMNS)));
    }
    var command =
        List.of(
            "explain",
            cli.path("out/model.safetensors").toString(),
            "--data",
            data.toString(),
            "--label",
            "y",
            "--input",
            input.toString(),
            "--method",
            "saliency",
            "--out",
            cli.path("x" + rows).toString(),
            "--backend",
            "scalar");
    Path log = cli.path("log" + rows);
    Process child = Child.start(List.of("-Xms64m", "-Xmx64m", "-XX:+AlwaysPreTouch"), command, log);
    Path status = Path.of("/proc/" + child.pid() + "/status");
    long peak = 0;
    while (child.isAlive()) {
      peak = Math.max(peak, peak(status));
      Thread.sleep(5);
    }
    assertEquals(0, child.exitValue(), Files.readString(log));
    assertTrue(peak > 0, "the peak was read while it ran");
    return peak;
  }

  private static long peak(Path status) {
    try (var lines = Files.lines(status)) {
      return lines
          .filter(l -> l.startsWith("VmHWM:"))
          .mapToLong(l -> Long.parseLong(l.replaceAll("\\D", "")))
          .findFirst()
          .orElse(0);
    } catch (IOException | UncheckedIOException ended) {
      return 0;
    }
  }
}
