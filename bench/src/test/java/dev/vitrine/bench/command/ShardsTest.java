package dev.vitrine.bench.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.bench.run.Methods;
import dev.vitrine.nn.data.Csv;
import dev.vitrine.nn.data.Encoding;
import dev.vitrine.nn.data.Roles;
import dev.vitrine.nn.data.Table;
import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.io.Npy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows of any number, explained in shards. */
class ShardsTest {
  private static final int ROWS = 60;

  @TempDir private Path folder;
  private final Memory memory = new Memory("test");
  private Cli cli;
  private Path model;

  @BeforeEach
  void train() throws IOException {
    cli = new Cli(folder);
    assertEquals(0, cli.train(cli.path("out")).code());
    model = cli.path("out/model.safetensors");
  }

  private Cli.Answer explain(String to, Object... more) throws IOException {
    Object[] words = {"explain", model, "--data", cli.table(), "--label", "kind"};
    Object[] where = {"--out", cli.path(to), "--backend", "scalar"};
    return cli.run(Stream.of(words, where, more).flatMap(Stream::of).toArray());
  }

  private Cli.Answer done(String to, Object... more) throws IOException {
    Cli.Answer a = explain(to, more);
    assertEquals(0, a.code(), a.err());
    return a;
  }

  /** What all shards of a method hold. */
  private float[] values(String to, String method) throws IOException {
    var all = new ArrayList<float[]>();
    int size = 0;
    for (String f : cli.files(cli.path(to))) {
      if (f.matches(method + "-\\d{6}\\.npy")) {
        all.add(Npy.read(cli.path(to).resolve(f), memory).toFloats());
        size += all.getLast().length;
      }
    }
    float[] values = new float[size];
    int at = 0;
    for (float[] some : all) {
      System.arraycopy(some, 0, values, at, some.length);
      at += some.length;
    }
    return values;
  }

  /** The rows as the model takes them. */
  private Tensor encoded() throws IOException {
    Table all = Table.read(cli.table(), Csv.named());
    Table train = all.shuffled(0).slice(0, ROWS * 4 / 5);
    return Encoding.fit(train, Roles.label("kind")).inputs(all);
  }

  private Path npy(String name, Tensor x) throws IOException {
    Npy.write(cli.path(name), x);
    return cli.path(name);
  }

  private void same(String a, String b) throws IOException {
    assertEquals(cli.files(cli.path(a)), cli.files(cli.path(b)));
    for (String f : cli.files(cli.path(a))) {
      assertEquals(-1, Files.mismatch(cli.path(a).resolve(f), cli.path(b).resolve(f)), f);
    }
  }

  @Test
  void everyMethodGivesARowTheSameBitsInAnyShard() throws IOException {
    Object[] all = {"--method", "all,random"};
    done("whole", Stream.concat(Stream.of("--rows", "0-11"), Stream.of(all)).toArray());
    done("shards", Stream.concat(Stream.of("--shard", 5), Stream.of(all)).toArray());
    done("part", "--shard", 4, "--rows", "3-9", "--method", "all,random");
    var methods = new ArrayList<>(Methods.of(false, false));
    methods.add(Methods.RANDOM);
    for (String m : methods) {
      float[] whole = Npy.read(cli.path("whole").resolve(m + ".npy"), memory).toFloats();
      assertArrayEquals(whole, values("shards", m), m);
      assertArrayEquals(Arrays.copyOfRange(whole, 3 * 2, 10 * 2), values("part", m), m);
    }
  }

  @Test
  void textAndNumbersOfTheSameRowsHaveTheSameExplanation() throws IOException {
    Path rows = cli.file("rows.csv", Cli.rows().replace(",kind", ",other"));
    Object[] some = {"--shard", 16, "--method", "saliency,integrated-gradients"};
    done("csv", join(some, "--input", rows));
    done("npy", join(some, "--input", npy("rows.npy", encoded())));
    done("text", join(some, "--input", rows, "--format", "csv"));
    assertEquals(ROWS * 2, values("csv", "saliency").length);
    assertArrayEquals(values("csv", "integrated-gradients"), values("npy", "integrated-gradients"));
    Tensor third = Npy.read(cli.path("csv/integrated-gradients-000002.npy"), memory);
    Tensor target = Npy.read(cli.path("csv/target-000002.npy"), memory);
    Table text = Table.read(cli.path("text/integrated-gradients-000002.csv"), Csv.named());
    assertEquals(List.of("row", "target", "a", "b"), text.columns());
    for (int i = 0; i < 16; i++) {
      List<String> cells = text.rows().get(i).cells();
      assertEquals(32 + i, Integer.parseInt(cells.get(0)));
      assertEquals(target.intAt(i), Integer.parseInt(cells.get(1)));
      assertEquals(third.at(2L * i), Float.parseFloat(cells.get(2)), 0);
      assertEquals(third.at(2L * i + 1), Float.parseFloat(cells.get(3)), 0);
    }
  }

  private static Object[] join(Object[] words, Object... more) {
    return Stream.of(words, more).flatMap(Stream::of).toArray();
  }

  @Test
  void whatIsThereAndRightIsKeptAndTheRestMadeAgain() throws IOException {
    Path rows = npy("rows.npy", encoded());
    Object[] some = {"--input", rows, "--shard", 16, "--method", "saliency"};
    Cli.Answer first = done("whole", some);
    assertTrue(first.out().contains("rows 0 to 59 in 4 shards: 8 files written, 0 were there"));
    done("x", some);
    same("whole", "x");
    byte[] shard = Files.readAllBytes(cli.path("x/saliency-000001.npy"));
    Files.write(cli.path("x/saliency-000001.npy"), Arrays.copyOf(shard, shard.length - 1));
    shard[shard.length - 1]++;
    Files.write(cli.path("x/saliency-000002.npy"), shard);
    Files.delete(cli.path("x/target-000003.npy"));
    Files.writeString(cli.path("x/.00000000-0000-0000-0000-000000000000.tmp"), "half");
    Cli.Answer again = done("x", some);
    assertTrue(again.out().contains("3 files written, 5 were there"), again.out());
    same("whole", "x");
  }

  @Test
  void aJournalThatWasCutShortCostsOneFile() throws IOException {
    Path rows = npy("rows.npy", encoded());
    Object[] some = {"--input", rows, "--shard", 16, "--method", "saliency"};
    done("whole", some);
    done("x", some);
    String manifest = Files.readString(cli.path("x/run.json"));
    int from = manifest.indexOf("\"shards\"");
    String lines = manifest.substring(from).replaceAll("\\s", "").replace("},{", "}\n{");
    lines = lines.substring(lines.indexOf('['), lines.indexOf(']')).substring(1);
    Files.writeString(cli.path("x/shards.jsonl"), lines.substring(0, lines.length() - 9));
    Files.writeString(cli.path("x/run.json"), manifest.substring(0, from) + "\"shards\" : []}");
    Cli.Answer again = done("x", some);
    assertTrue(again.out().contains("1 files written, 7 were there"), again.out());
    same("whole", "x");
  }

  @Test
  void aListTouchesNoFileOutsideOfItsFolder() throws IOException {
    Path rows = npy("rows.npy", encoded());
    Object[] some = {"--input", rows, "--shard", 16, "--method", "saliency"};
    done("whole", some);
    done("x", some);
    String manifest = Files.readString(cli.path("x/run.json"));
    String bad = "\"shards\" : [ {\"file\": \"../rows.npy\"}, {\"file\": null}, 7,";
    assertTrue(manifest.contains("\"shards\" : [ {"), manifest);
    Files.writeString(cli.path("x/run.json"), manifest.replace("\"shards\" : [", bad));
    Cli.Answer again = done("x", some);
    assertTrue(again.out().contains("0 files written, 8 were there"), again.out());
    assertTrue(Files.exists(rows), "deleted as if it were an earlier shard");
    same("whole", "x");
  }

  @Test
  void changedAndFurtherRowsAreExplainedAgain() throws IOException {
    Tensor x = encoded();
    Object[] some = {"--input", cli.path("rows.npy"), "--shard", 16, "--method", "saliency"};
    npy("rows.npy", x.rows(0, 50));
    done("x", some);
    x.put(2 * 20, 7);
    npy("rows.npy", x);
    Cli.Answer again = done("x", some);
    assertTrue(again.out().contains("4 files written, 4 were there"), again.out());
    done("whole", some);
    same("whole", "x");
    npy("rows.npy", x.rows(0, 10));
    done("x", some);
    assertEquals(
        List.of("run.json", "saliency-000000.npy", "target-000000.npy"), cli.files(cli.path("x")));
  }

  private void refused(String says, String to, Object... more) throws IOException {
    Cli.Answer a = explain(to, more);
    assertEquals(2, a.code(), a.out() + a.err());
    assertEquals(1, a.err().lines().count(), a.err());
    assertTrue(a.err().contains(says), () -> "\"" + says + "\" in: " + a.err());
  }

  @Test
  void aFolderOfAnotherRunIsRefused() throws IOException {
    Path rows = npy("rows.npy", encoded());
    Object[] some = {"--input", rows, "--method", "saliency"};
    done("x", join(some, "--shard", 16));
    var before = cli.files(cli.path("x"));
    refused("explanations with shard 16, asked for is 8", "x", join(some, "--shard", 8));
    refused("with methods", "x", "--input", rows, "--shard", 16, "--method", "deeplift");
    refused("with target", "x", join(some, "--shard", 16, "--target", 1));
    refused("with rows", "x", join(some, "--shard", 16, "--rows", "0-9"));
    refused("this folder holds another run", "out", some);
    assertEquals(before, cli.files(cli.path("x")));
  }

  private void refusedInput(String says, Path input, Object... more) throws IOException {
    refused(says, "bad", join(more, "--input", input, "--shard", 16, "--method", "saliency"));
    assertFalse(Files.exists(cli.path("bad")), "nothing was written");
  }

  @Test
  void badInputIsRefusedBeforeAnythingIsWritten() throws IOException {
    Tensor x = encoded();
    Path rows = npy("rows.npy", x);
    byte[] whole = Files.readAllBytes(rows);
    refusedInput("has rows 0 to 59", rows, "--rows", "0-60");
    refusedInput("no such file", cli.path("none.npy"));
    refusedInput("no such file", cli.path("none.csv"));
    refusedInput("a .npy or a .csv file is needed", cli.path("rows.parquet"));
    Path cut = Files.write(cli.path("cut.npy"), Arrays.copyOf(whole, whole.length - 3));
    refusedInput("477 bytes follow the header, expected 480", cut);
    refusedInput("rows of shape [2]", npy("wide.npy", memory.floats(Shape.of(60, 3))));
    refusedInput("rows of shape [2]", npy("flat.npy", memory.floats(Shape.of(60))));
    refusedInput("are int32, float32 is needed", npy("int.npy", memory.ints(Shape.of(60, 2))));
    refusedInput("has no rows", npy("empty.npy", memory.floats(Shape.of(0, 2))));
    String f8 = new String(whole, StandardCharsets.ISO_8859_1);
    byte[] doubles =
        f8.replace("<f4", "<f8")
            .replace("(60, 2)", "(30, 2)")
            .getBytes(StandardCharsets.ISO_8859_1);
    refusedInput(
        "write the file as little-endian float32", Files.write(cli.path("f8.npy"), doubles));
    refusedInput("has no column \"b\"", cli.file("narrow.csv", "a\n1\n"));
    refusedInput("row 2 has 1 cells", cli.file("gap.csv", "a,b\n1,2\n3\n"));
    refused("--shard 0: at least 1", "bad", "--shard", 0);
    refused("--format xml: it is npy or csv", "bad", "--format", "xml");
  }

  @Test
  void aBadRowInTheMiddleStopsTheRunWhichGoesOnOnceItIsMended() throws IOException {
    Tensor x = encoded();
    Object[] some = {"--input", cli.path("rows.npy"), "--shard", 16, "--method", "saliency"};
    npy("rows.npy", x);
    done("whole", some);
    float was = x.at(2 * 40 + 1);
    x.put(2 * 40 + 1, Float.NaN);
    npy("rows.npy", x);
    refused("rows.npy, row 40 (the first is 0): input 1 is NaN", "x", some);
    x.put(2 * 40 + 1, was);
    npy("rows.npy", x);
    Cli.Answer again = done("x", some);
    assertTrue(again.out().contains("4 files written, 4 were there"), again.out());
    same("whole", "x");
    Path csv = cli.file("rows.csv", Cli.rows());
    Files.writeString(csv, "1,?,red\n", StandardOpenOption.APPEND);
    refused(
        "rows.csv, row 61, column \"b\": \"?\" has no value", "y", "--input", csv, "--shard", 16);
  }

  @Test
  void whatCanNotBeWrittenIsOneSentence() throws Exception {
    Path rows = npy("rows.npy", Tensor.of(Shape.of(8 * ROWS, 2), new float[16 * ROWS]));
    Path file = cli.file("file", "");
    refused("this is a file, a folder is needed", "file", "--input", rows);
    assertEquals(0, Files.size(file));
    if (!Files.isExecutable(Path.of("/bin/sh"))) {
      System.out.println("skipped: no /bin/sh here that could limit the size of files");
      return;
    }
    // no file beyond 12 blocks of 512 bytes: room for what is tried before the work, not for shards
    var command = new ArrayList<>(List.of("explain", model.toString(), "--data"));
    command.addAll(List.of(cli.table().toString(), "--label", "kind", "--input", rows.toString()));
    command.addAll(List.of("--method", "saliency", "--format", "csv", "--shard", "400"));
    command.addAll(List.of("--out", cli.path("full").toString(), "--backend", "scalar"));
    var limited = new ArrayList<>(List.of("/bin/sh", "-c", "ulimit -f 12; exec \"$@\"", "sh"));
    limited.addAll(Child.words(List.of("-XX:-UsePerfData"), command));
    Process child = new ProcessBuilder(limited).redirectErrorStream(true).start();
    String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(2, child.waitFor(), said);
    assertTrue(said.contains("cannot write") && said.contains("too large"), said);
    assertEquals(List.of("run.json", "shards.jsonl"), cli.files(cli.path("full")), said);
    done("full", "--input", rows, "--method", "saliency", "--format", "csv", "--shard", 400);
  }
}
