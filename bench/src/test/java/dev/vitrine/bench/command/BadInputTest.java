package dev.vitrine.bench.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bad input: exit code 2, one sentence that says what was found, and nothing is written. */
class BadInputTest {
  private static final String IMAGES = "mnist/train-images-idx3-ubyte";
  private static final String LABELS = "mnist/train-labels-idx1-ubyte";

  @TempDir private Path folder;
  private Cli cli;

  @BeforeEach
  void openTheCommandLine() {
    cli = new Cli(folder);
  }

  private void refused(String says, Object... words) {
    Cli.Answer a = cli.run(words);
    assertEquals(2, a.code(), () -> a.out() + a.err());
    assertEquals(1, a.err().lines().count(), a.err());
    assertTrue(a.err().startsWith("vitrine: "), a.err());
    assertTrue(a.err().contains(says), () -> "\"" + says + "\" in: " + a.err());
  }

  private static Object[] join(Object[] words, Object... more) {
    return Stream.of(words, more).flatMap(Stream::of).toArray();
  }

  private void refusedTable(String says, String content) throws IOException {
    Path file = cli.file("bad.csv", content);
    refusedTraining(says, "--data", file, "--label", "kind");
  }

  private void refusedTraining(String says, Object... more) {
    Object[] words = {"train", "--backend", "scalar", "--out", cli.path("out")};
    refused(says, join(join(words, more), "--model", Cli.LAYERS));
    assertEquals(List.of(), Files.exists(cli.path("out")) ? cli.files(cli.path("out")) : List.of());
  }

  @Test
  void tables() throws IOException {
    refusedTable("bad.csv: it is empty", "");
    refusedTable("has 0 rows, at least 5 are needed", "a,b,kind\n");
    refusedTable("row 1 has 2 cells, there are 3 columns", "a,b,kind\n1,2\n");
    refusedTable("it cannot be read", "a,b,kind\n1,\"2,red\n");
    refusedTable("\"a\" does not", "a,a,kind\n1,2,red\n");
    refusedTable("no column besides \"kind\"", "kind\n" + "red\nblue\n".repeat(3));
    refusedTable("one class only, [red]", "a,b,kind\n" + "1,2,red\n".repeat(6));
    refusedTable("has 2 classes: [blue, red]", "a,b,kind\n" + "1,2,red\n2,1,blue\n".repeat(9));
    String good = Cli.rows();
    refusedTable("\"nan\" has no value", good + "nan,1,red\n");
    refusedTable("\"1e39\" is beyond the range", good + "1e39,1,red\n");
    refusedTable("\"abc\" is not a number", good + "abc,1,red\n");
    refusedTraining("no such file", "--data", cli.path("none.csv"), "--label", "kind");
    refusedTraining("no column \"hue\"", "--data", cli.table(), "--label", "hue");
    refusedTraining("--label COLUMN", "--data", cli.table());
    refusedTraining("not UTF-8", "--data", latin1(), "--label", "kind");
    Path gz = cli.file("x.csv.gz", "a,b,kind\n1,2,red\n");
    refusedTraining("Not in GZIP format", "--data", gz, "--label", "kind");
    Files.write(gz, new byte[] {0x1f, (byte) 0x8b, 8});
    refusedTraining("it ends too early", "--data", gz, "--label", "kind");
  }

  private Path latin1() throws IOException {
    byte[] text = "a,kind\n1,rösa\n".getBytes(StandardCharsets.ISO_8859_1);
    return Files.write(cli.path("latin1.csv"), text);
  }

  private void refusedImages(String says, String name, byte[] content) throws IOException {
    Path data = cli.images();
    Files.write(data.resolve(name), content);
    refusedTraining(says, "--data", "mnist", "--data-dir", data);
  }

  @Test
  void images() throws IOException {
    byte[] pixels = new byte[30 * 16];
    refusedImages("it ends too early", IMAGES, new byte[0]);
    refusedImages("it ends too early", IMAGES, new byte[] {0, 0, 8, 3, 0});
    refusedImages(
        "starts with 0x89504e47, expected 0x00000803", IMAGES, Cli.idx(0x89504e47, pixels));
    refusedImages("type 0x0d", IMAGES, Cli.idx(0xd03, pixels, 30, 4, 4));
    refusedImages("1 dimensions, expected 3", IMAGES, Cli.idx(0x801, pixels, 480));
    refusedImages("promises 480 values", IMAGES, Cli.idx(0x803, new byte[100], 30, 4, 4));
    refusedImages("too large", IMAGES, Cli.idx(0x803, pixels, Integer.MAX_VALUE, 999, 999));
    refusedImages("impossible", IMAGES, Cli.idx(0x803, pixels, -30, 4, 4));
    refusedImages("more bytes follow", IMAGES, Cli.idx(0x803, pixels, 29, 4, 4));
    refusedImages("30 images", LABELS, Cli.idx(0x801, new byte[29], 29));
    refusedImages("label 11, expected 0 to 9", LABELS, labels(11));
    refusedImages("cannot be unpacked", IMAGES, new byte[] {0x1f, (byte) 0x8b, 0, 0, 0, 0, 0});
    byte[] larger = Cli.idx(0x803, new byte[10 * 25], 10, 5, 5);
    refusedImages("test of shape [5, 5, 1]", "mnist/t10k-images-idx3-ubyte", larger);
    refusedTraining("was not found", "--data", "mnist", "--data-dir", cli.path("nowhere"));
  }

  private static byte[] labels(int last) {
    byte[] labels = new byte[30];
    labels[29] = (byte) last;
    return Cli.idx(0x801, labels, 30);
  }

  @Test
  void names() throws IOException {
    refusedTraining("no data set is called \"moons\"", "--data", "moons");
    refused("no experiment is called \"nine\"", "train", "nine");
    refused("give a workload", "train");
    refused("--data NAME is missing", "eval", "m.safetensors");
    refused("no optimizer is called \"sdg\"", train("--optimizer", "sdg"));
    refused("no backend is called \"abacus\"", train("--backend", "abacus"));
    refused("no layer is called \"liner\"", train("--model", "liner(2, 3)"));
    refused("no command is called \"trian\"", "trian");
    refused("Unknown option: '--sead'", train("--sead", 3));
    refused("\"b\" is one word too many", "train", "a", "b");
    refused("is no CSV file", "train", "digits-mlp", "--label", "kind");
    refused("has its own data, model", "train", "digits-mlp", "--rate", 0.5);
  }

  private Object[] train(Object... more) throws IOException {
    Object[] words = {"train", "--data", cli.table(), "--label", "kind", "--out", cli.path("out")};
    boolean model = List.of(more).contains("--model");
    return join(join(words, more), model ? new Object[0] : new Object[] {"--model", Cli.LAYERS});
  }

  @Test
  void numbers() throws IOException {
    refused("--seeds 4-2: the range ends before it begins", train("--seeds", "4-2"));
    refused("--seeds x: a number such as 3", train("--seeds", "x"));
    refused("--epochs 0: at least 1", train("--epochs", 0));
    refused("--batch -4: at least 1", train("--batch", -4));
    refused("'x' is not a float", train("--rate", "x"));
    refused("--rate NaN", train("--rate", "NaN"));
    refused("must not be negative", train("--rate", -1));
    refused("the loss is NaN in step", train("--rate", 1e30, "--optimizer", "sgd"));
    refused("whole number", train("--model", "linear(2, 99999999999)"));
  }

  @Test
  void modelsThatDoNotFit() throws IOException {
    refused("3 classes", train("--model", "linear(2, 5)"));
    refused("does not fit rows of shape [2]", train("--model", "linear(3, 3)"));
    refused(
        "GiB of memory", train("--model", "linear(2, 2000000000) linear(2000000000, 2000000000)"));
    Object[] words = {"train", "--data", "mnist", "--data-dir", cli.images(), "--model"};
    refused("one axis is needed", join(words, "conv2d(1, 10, 4)", "--out", cli.path("out")));
  }

  @Test
  void modelFiles() throws IOException {
    refusedModel("no such file", cli.path("none"));
    refusedModel("this is a folder", folder);
    refusedModel("the file has 0 bytes", cli.file("m", ""));
    refusedModel("is not safetensors", cli.file("m", "I am a letter, not a model."));
    refusedModel("the header claims", safetensors("{}", 1L << 40));
    refusedModel("have no \"vitrine.model\"", safetensors("{}", 2));
    refusedModel("no layer is called \"magic\"", layers("magic(2)"));
    refusedModel("its tensors hold 0", layers("linear(2000000000, 2000000000)"));
    refusedModel("too large", safetensors(huge(), huge().length()));
    assertEquals(0, cli.train(cli.path("out")).code());
    byte[] whole = Files.readAllBytes(cli.path("out/model.safetensors"));
    refusedModel(
        "get the whole file", Files.write(cli.path("m"), Arrays.copyOf(whole, whole.length - 9)));
    refusedModel("cut short", Files.write(cli.path("m"), Arrays.copyOf(whole, 60)));
  }

  private static String huge() {
    return "{\"w\":{\"dtype\":\"F32\",\"shape\":[2000000000,2000000000],\"data_offsets\":[0,4]}}";
  }

  private Path layers(String specification) throws IOException {
    String header = "{\"__metadata__\":{\"vitrine.model\":\"%s\"}}".formatted(specification);
    return safetensors(header, header.length());
  }

  private Path safetensors(String header, long length) throws IOException {
    var bytes = ByteBuffer.allocate(8 + header.length()).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(length).put(header.getBytes(StandardCharsets.UTF_8));
    return Files.write(cli.path("bad.safetensors"), bytes.array());
  }

  private void refusedModel(String says, Path file) throws IOException {
    refused(says, "eval", file, "--data", cli.table(), "--label", "kind");
    refused(says, explain(file));
  }

  private Object[] explain(Path file, Object... more) throws IOException {
    Object[] words = {"explain", file, "--data", cli.table(), "--label", "kind"};
    return join(join(words, "--out", cli.path("explained"), "--backend", "scalar"), more);
  }

  @Test
  void whatToExplain() throws IOException {
    assertEquals(0, cli.train(cli.path("out")).code());
    Path model = cli.path("out/model.safetensors");
    refused(
        "--target 99: the outputs of this model are numbered 0 to 2",
        explain(model, "--target", 99));
    refused("--target -1", explain(model, "--target", -1));
    Object[] onSpark = {"--cluster", "local[2]"};
    refused("the rows of --input FILE are explained", explain(model, onSpark));
    refused("go with --cluster", explain(model, "--id", "number"));
    refused("xai/spark -am package", explain(model, join(onSpark, "--input", "rows.csv")));
    refused("has rows 0 to 11", explain(model, "--rows", "0-999999999"));
    refused("--rows one: a number", explain(model, "--rows", "one"));
    refused("--method magic: there are saliency,", explain(model, "--method", "magic"));
    refused("the network has no convolution; name a layer", explain(model, "--method", "grad-cam"));
    Object[] score = {"score", model, "--data", cli.table(), "--label", "kind"};
    refused("--method magic: there are", join(score, "--method", "magic"));
    refused("has rows 0 to 11", score);
    refused("--step 0: at least 1", join(score, "--step", 0));
    refused("no file can be written there", join(score, "--json", folder));
    Object[] studio = {"studio", model, "--data", cli.table(), "--label", "kind"};
    refused("--port 70000: ports are 0 to 65535", join(studio, "--port", 70000));
    refused("'--port': 'x' is not an int", join(studio, "--port", "x"));
    refused("no.such.host.invalid", join(studio, "--host", "no.such.host.invalid"));
    refused("3 models given: one is shown, or two", join(studio, model, model));
    refused("no such file", "studio", cli.path("none"), "--data", "drawn");
    refused("--data NAME is missing", "studio", model);
    Object[] compare = {"compare", model, "--data", cli.table(), "--label", "kind"};
    refused("--method magic: there are", join(compare, "--method", "magic"));
    refused("--metric taste: there are deletion", join(compare, "--metric", "taste"));
    refused("--missing holes: it is zeros or data", join(compare, "--missing", "holes"));
    refused("--progress loud: it is bar, lines", join(compare, "--progress", "loud"));
    refused("has rows 0 to 11", compare);
    refused("no file can be written there", join(compare, "--json", folder));
    refused(
        "does not fit rows of shape [4, 4, 1]",
        "eval",
        model,
        "--data",
        "mnist",
        "--data-dir",
        cli.images());
  }

  @Test
  void placesToWrite() throws IOException {
    Path file = cli.file("file", "");
    refused("this is a file, a folder is needed", "quickstart", "--out", file);
    refused("this is a file, a folder is needed", "gallery", "--out", file);
    refused("can't be made", "quickstart", "--out", file.resolve("sub"));
    refused("no file can be written there", train("--json", file.resolve("x.json")));
    refused("no file can be written there", train("--json", folder));
    refused("the quickstart takes drawn", "quickstart", "--data", "digits");
  }

  @Test
  void filesThatAreNone() throws IOException {
    Path zero = Path.of("/dev/zero");
    assumeTrue(Files.exists(zero), "no " + zero);
    refusedTraining("not UTF-8 text", "--data", link("zero.csv", zero), "--label", "kind");
    Path loop = link("loop.csv", cli.path("loop.csv"));
    refusedTraining("cannot be read", "--data", loop, "--label", "kind");
    Path directory = Files.createDirectory(cli.path("folder.csv"));
    refusedTraining("Is a directory", "--data", directory, "--label", "kind");
    Path utf16 = Files.write(cli.path("16.csv"), Cli.rows().getBytes(StandardCharsets.UTF_16LE));
    refusedTraining("not UTF-8 text", "--data", utf16, "--label", "kind");
    refused("an experiment is a few lines", "reproduce", link("zero.toml", zero));
    refusedModel("has 0 bytes", link("zero.safetensors", zero));
    Object[] table = {"train", "--data", cli.table(), "--label", "kind", "--model", Cli.LAYERS};
    refused("a link to nowhere", join(table, "--out", link("nowhere", cli.path("gone"))));
    refused("no file can be written there", train("--json", zero));
  }

  private Path link(String name, Path to) throws IOException {
    return Files.createSymbolicLink(cli.path(name), to);
  }

  @Test
  void aCellOfMegabytesMakesNoSentenceOfMegabytes() throws IOException {
    Path file = cli.file("long.csv", Cli.rows() + "9".repeat(3_000_000) + "x,1,red\n");
    Object[] words = {"train", "--data", file, "--label", "kind", "--model", Cli.LAYERS};
    Cli.Answer a = cli.run(join(words, "--out", cli.path("out")));
    assertEquals(2, a.code());
    assertTrue(a.err().length() < 2100, () -> a.err().length() + " characters");
    assertTrue(a.err().contains("row 61, column \"a\""), a.err());
    assertTrue(a.err().contains("is not a number; correct it"), a.err());
  }

  /**
   * Windows' line ends, a byte order mark, a name with everything, and more rows than there are.
   */
  @Test
  void whatLooksBadAndIsNot() throws IOException {
    String rows = "\uFEFF" + Cli.rows().replace("\n", "\r\n");
    Path file = cli.file("a b\n\u00e9\uD83D\uDE00.csv", rows);
    Object[] words = {"train", "--data", file, "--label", "kind", "--model", Cli.LAYERS};
    Object[] rest = {"--epochs", 3, "--backend", "scalar", "--batch", 1_000_000_000, "--out"};
    assertEquals(0, cli.run(join(join(words, rest), cli.path("a"))).code());
    assertEquals(0, cli.train(cli.path("b"), "--batch", 48).code());
    Path model = Path.of("model.safetensors");
    assertEquals(-1, Files.mismatch(cli.path("a").resolve(model), cli.path("b").resolve(model)));
  }

  @Test
  void decoys() throws IOException {
    refused("--data digits: decoys are planted in drawn", "decoy", "--data", "digits");
    refused("no prior is called \"magic\"; there are [gradient,", "decoy", "--prior", "magic");
    refused("--lambda 0.0: a number above 0", "decoy", "--lambda", 0);
    refused("--lambda NaN: a number above 0", "decoy", "--lambda", "NaN");
    refused("--seeds 2-0: the range ends", "decoy", "--seeds", "2-0");
    refused("--epochs 0: at least 1", "decoy", "--epochs", 0);
    refused("no backend is called \"abacus\"", "decoy", "--backend", "abacus");
    refused("no file can be written there", "decoy", "--json", folder);
    refused("at least 8 × 8 pixels", "decoy", "--data", "mnist", "--data-dir", cli.images());
    refused("was not found", "decoy", "--data", "mnist", "--data-dir", cli.path("nowhere"));
  }
}
