package dev.vitrine.bench.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.io.Npy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A disk that is full, fills up or can only be read: exit code 2 and one sentence with the file and
 * the cause, before the work where that can be known; what was there stays, nothing is left half
 * written, and once there is room the same command goes on to the same bits.
 */
class DiskTest {
  private static final int PAGE = 4096;

  @TempDir private Path folder;
  private Cli cli;
  private Path disk;
  private Path model;
  private Path rows;

  @BeforeEach
  void mountASmallDisk() throws Exception {
    cli = new Cli(folder);
    disk = Files.createDirectory(cli.path("disk"));
    boolean mounted = system("mount", "-t", "tmpfs", "-o", "size=96k", "tmpfs", disk.toString());
    if (!mounted) {
      System.out.println("skipped: no small disk can be mounted here, which needs root");
    }
    assumeTrue(mounted, "mount -t tmpfs");
    assertEquals(0, cli.train(disk.resolve("run")).code());
    model = disk.resolve("run/model.safetensors");
    rows = cli.path("rows.npy");
    try (var memory = new Memory("rows")) {
      Tensor x = memory.floats(Shape.of(2048, 2));
      for (int i = 0; i < x.size(); i++) {
        x.put(i, i % 89 / 40f - 1);
      }
      Npy.write(rows, x);
    }
  }

  @AfterEach
  void unmount() throws Exception {
    system("umount", disk.toString());
  }

  private static boolean system(String... words) throws IOException, InterruptedException {
    try {
      var quiet = new ProcessBuilder(words).redirectErrorStream(true);
      return quiet.redirectOutput(Redirect.DISCARD).start().waitFor() == 0;
    } catch (IOException e) {
      return false; // there is no such program
    }
  }

  /** Leaves room for so many pages. */
  private void fill(int pages) throws IOException {
    Path filler = disk.resolve("filler");
    Files.deleteIfExists(filler);
    long free = Files.getFileStore(disk).getUsableSpace() - (long) pages * PAGE;
    Files.write(filler, new byte[(int) free]);
  }

  private void makeRoom() throws IOException {
    Files.delete(disk.resolve("filler"));
  }

  /** What lies on the disk, without the filler, with its bytes. */
  private Map<String, ByteBuffer> contents() {
    Map<String, ByteBuffer> all = new LinkedHashMap<>();
    for (String name : cli.files(disk)) {
      if (!name.equals("filler")) {
        try {
          all.put(name, ByteBuffer.wrap(Files.readAllBytes(disk.resolve(name))));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
    return all;
  }

  private void refused(String says, List<?> words) {
    Cli.Answer a = cli.run(words.toArray());
    assertEquals(2, a.code(), () -> words + a.out() + a.err());
    assertEquals(1, a.err().lines().count(), a.err());
    assertTrue(a.err().startsWith("vitrine: ") && a.err().contains(says), a.err());
    assertTrue(a.err().contains(disk.toString()), "it names the place: " + a.err());
  }

  private static List<Object> join(List<?> words, Object... more) {
    var all = new ArrayList<Object>(words);
    all.addAll(List.of(more));
    return all;
  }

  private List<Object> data() throws IOException {
    return List.of("--data", cli.table(), "--label", "kind");
  }

  private List<Object> training(Path out, int epochs) throws IOException {
    return join(
        join(List.of("train"), data().toArray()),
        "--model",
        "linear(2, 200) relu linear(200, 3)",
        "--backend",
        "scalar",
        "--epochs",
        epochs,
        "--out",
        out);
  }

  private List<Object> shards(Path out) throws IOException {
    List<Object> words = join(List.of("explain", model), data().toArray());
    return join(
        words,
        "--input",
        rows,
        "--method",
        "saliency",
        "--shard",
        512,
        "--backend",
        "scalar",
        "--out",
        out);
  }

  /** Every command that writes, told to write to the disk. */
  private List<List<Object>> commands() throws IOException {
    Path toml = disk.resolve("mine.toml");
    Path out = disk.resolve("run");
    Object[] data = data().toArray();
    List<Object> judged = List.of("--rows", "0-1", "--method", "saliency", "--json");
    Path json = disk.resolve("x.json");
    return List.of(
        training(out, 3),
        shards(out),
        join(join(List.of("explain", model), data), "--method", "saliency", "--out", out),
        join(List.of("report", out, "--rows", "0-1"), data),
        join(join(join(List.of("score", model), data), judged.toArray()), json),
        join(join(join(List.of("compare", model), data), judged.toArray()), json),
        List.of("export", model, "--out", disk.resolve("x.onnx")),
        List.of("export", model, "--out", disk.resolve("x.safetensors")),
        List.of("import", model, "--model", Cli.LAYERS, "--out", disk.resolve("y.safetensors")),
        List.of("gallery", "--out", out),
        List.of("quickstart", "--out", out),
        List.of("decoy", "--json", json),
        List.of("reproduce", toml, "--record"),
        List.of("reproduce", "drawn-digits", "--json", json),
        List.of("reproduce", "drawn-digits", "--page", disk.resolve("x.html")));
  }

  private void writeAnExperiment() throws IOException {
    try (var toml =
        getClass().getResourceAsStream("/dev/vitrine/bench/experiment/drawn-digits.toml")) {
      Files.copy(Objects.requireNonNull(toml), disk.resolve("mine.toml"));
    }
  }

  @Test
  void aFullOneIsRefusedBeforeTheWork() throws Exception {
    writeAnExperiment();
    Map<String, ByteBuffer> before = contents();
    fill(0);
    for (List<Object> words : commands()) {
      refused("No space left on device", words);
      assertEquals(before, contents(), words.toString());
    }
  }

  @Test
  void oneForReadingOnlyToo() throws Exception {
    writeAnExperiment();
    Map<String, ByteBuffer> before = contents();
    assertTrue(system("mount", "-o", "remount,ro", disk.toString()));
    for (List<Object> words : commands()) {
      refused("Read-only file system", words);
      assertEquals(before, contents(), words.toString());
    }
    refused("Read-only file system", training(disk.resolve("new"), 3));
  }

  /** Room for the probe, the folder and the first files, but not for the next. */
  @Test
  void aTrainingThatRunsOutOfRoomGoesOn() throws Exception {
    Path whole = cli.path("whole");
    assertEquals(0, cli.run(training(whole, 4).toArray()).code());
    Path out = disk.resolve("long");
    Map<String, ByteBuffer> before = contents();
    fill(3); // of the five or more that a checkpoint takes
    refused("long/checkpoint-seed0.safetensors: No space left on device", training(out, 2));
    assertEquals(before, contents(), "nothing half written");
    makeRoom();
    assertEquals(0, cli.run(training(out, 4).toArray()).code());
    Path file = Path.of("model.safetensors");
    assertEquals(-1, Files.mismatch(whole.resolve(file), out.resolve(file)));
    assertEquals(
        Stream.concat(before.keySet().stream(), Stream.of("long/" + file, "long/run.json"))
            .sorted()
            .toList(),
        cli.files(disk));
  }

  @Test
  void explanationsThatRunOutOfRoomGoOn() throws Exception {
    Path whole = cli.path("whole");
    assertEquals(0, cli.run(shards(whole).toArray()).code());
    Path out = disk.resolve("explained");
    fill(7); // the record, the journal and one shard
    refused("No space left on device", shards(out));
    long there = cli.files(out).stream().filter(f -> f.endsWith(".npy")).count();
    assertTrue(there > 0, "what was finished stays: " + cli.files(out));
    assertTrue(cli.files(out).stream().noneMatch(f -> f.endsWith(".tmp")), "nothing half written");
    makeRoom();
    Cli.Answer a = cli.run(shards(out).toArray());
    assertEquals(0, a.code(), a.err());
    assertTrue(a.out().contains(there + " were there"), a.out());
    assertEquals(cli.files(whole), cli.files(out));
    for (String f : cli.files(whole)) {
      assertEquals(-1, Files.mismatch(whole.resolve(f), out.resolve(f)), f);
    }
  }
}
