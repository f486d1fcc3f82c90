package dev.vitrine.bench.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vitrine.bench.run.Methods;
import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.io.Npy;
import dev.vitrine.tensor.io.TensorHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandsTest {
  @TempDir private Path folder;
  private Cli cli;

  @BeforeEach
  void openTheCommandLine() {
    cli = new Cli(folder);
  }

  private static JsonNode json(Path file) throws IOException {
    return new ObjectMapper().readTree(Files.readString(file));
  }

  private static String hash(Path run) throws IOException {
    return json(run.resolve("run.json")).at("/hashes/model.safetensors").asText();
  }

  @Test
  void trainingWritesAModelAndHowItWasMade() throws IOException {
    Path out = cli.path("some/new/folder");
    Cli.Answer a = cli.train(out);
    assertEquals(0, a.code(), a.err());
    assertEquals(List.of("model.safetensors", "run.json"), cli.files(out));
    JsonNode run = json(out.resolve("run.json"));
    assertEquals(Cli.LAYERS, run.at("/configuration/model").asText());
    assertEquals("0", run.at("/configuration/seed").asText());
    assertEquals(3, run.get("epoch_losses").size());
    assertTrue(run.at("/test/accuracy").isNumber());
    assertTrue(run.at("/environment/backend").asText().startsWith("scalar"));
    assertEquals(64, hash(out).length());
  }

  @Test
  void theSameCommandGivesTheSameBits() throws IOException {
    cli.train(cli.path("a"), "--seeds", 3);
    cli.train(cli.path("b"), "--seeds", 3);
    assertEquals(
        -1, Files.mismatch(cli.path("a/model.safetensors"), cli.path("b/model.safetensors")));
    cli.train(cli.path("c"), "--seeds", 4);
    assertFalse(hash(cli.path("a")).equals(hash(cli.path("c"))));
  }

  @Test
  void severalSeedsGiveATable() throws IOException {
    Path table = cli.path("table.json");
    Cli.Answer a = cli.train(cli.path("out"), "--seeds", "0-2", "--json", table);
    assertTrue(a.out().contains("over 3 seeds"), a.out());
    assertEquals(3, json(table).get("runs").size());
    assertEquals(3, json(cli.path("out/run.json")).get("seeds").size());
    assertEquals(List.of("model.safetensors", "run.json"), cli.files(cli.path("out")));
  }

  @Test
  void evalJudgesWhatTrainWrote() throws IOException {
    cli.train(cli.path("out"));
    double accuracy = json(cli.path("out/run.json")).at("/test/accuracy").asDouble();
    Cli.Answer a =
        cli.run(
            "eval", cli.path("out/model.safetensors"), "--data", cli.table(), "--label", "kind");
    assertEquals(0, a.code(), a.err());
    assertTrue(a.out().contains("accuracy %.4f".formatted(accuracy)), a.out());
    assertTrue(a.out().contains(hash(cli.path("out"))), a.out());
  }

  @Test
  void explainWritesAttributionsOfATable() throws IOException {
    cli.train(cli.path("out"));
    Cli.Answer a =
        cli.run(
            "explain",
            cli.path("out/model.safetensors"),
            "--data",
            cli.table(),
            "--label",
            "kind",
            "--rows",
            "0-4",
            "--target",
            1,
            "--backend",
            "scalar",
            "--out",
            cli.path("x"));
    assertEquals(0, a.code(), a.err());
    var files = new ArrayList<>(List.of("run.json"));
    Methods.of(false, false).forEach(m -> files.add(m + ".npy"));
    Collections.sort(files);
    assertEquals(files, cli.files(cli.path("x")));
    JsonNode run = json(cli.path("x/run.json"));
    try (Memory memory = new Memory("test")) {
      var values = Npy.read(cli.path("x/saliency.npy"), memory);
      assertEquals(Shape.of(5, 2), values.shape());
      assertEquals(TensorHash.of(values), run.at("/hashes/saliency").asText());
    }
    assertEquals(hash(cli.path("out")), run.at("/provenance/saliency/model").asText());
  }

  @Test
  void oneOutputTellsTwoClassesApart() throws IOException {
    Path two = cli.file("two.csv", Cli.rows().replace("green", "red"));
    Path model = cli.path("out/model.safetensors");
    Cli.Answer t =
        cli.run(
            "train",
            "--data",
            two,
            "--label",
            "kind",
            "--model",
            "linear(2, 1)",
            "--epochs",
            1,
            "--out",
            cli.path("out"),
            "--backend",
            "scalar");
    assertEquals(0, t.code(), t.err());
    Cli.Answer e = cli.run("eval", model, "--data", two, "--label", "kind");
    assertTrue(e.out().contains("true \\ predicted      0      1"), e.out() + e.err());
    Cli.Answer x =
        cli.run("explain", model, "--data", two, "--label", "kind", "--out", cli.path("x"));
    assertEquals(0, x.code(), x.err());
  }

  @Test
  void scoresAreALineForEachMethod() throws IOException {
    cli.train(cli.path("out"));
    Cli.Answer a =
        cli.run(
            "score",
            cli.path("out/model.safetensors"),
            "--data",
            cli.table(),
            "--label",
            "kind",
            "--rows",
            "0-3",
            "--method",
            "saliency,deeplift",
            "--json",
            cli.path("scores.json"),
            "--backend",
            "scalar");
    assertEquals(0, a.code(), a.err());
    assertTrue(a.out().lines().anyMatch(l -> l.matches("deeplift( +[-+e.0-9]+){5}")), a.out());
    JsonNode scores = json(cli.path("scores.json"));
    assertEquals("saliency", scores.at("/0/method").asText());
    assertEquals(4, scores.at("/1/deletion").size());
    assertTrue(scores.at("/1/passes").asDouble() > 0);
  }

  @Test
  void comparisonsAreMethodsByMetrics() throws IOException {
    cli.train(cli.path("out"));
    Path model = cli.path("out/model.safetensors");
    Object[] compare = {"compare", model, "--data", cli.table(), "--label", "kind"};
    Object[] some = {"--rows", "0-3", "--method", "saliency,kernel-shap", "--backend", "scalar"};
    Object[] what = {"--metric", "deletion,sparseness", "--json", cli.path("c.json")};
    Cli.Answer a = cli.run(Stream.of(compare, some, what).flatMap(Stream::of).toArray());
    assertEquals(0, a.code(), a.err());
    assertTrue(a.out().lines().anyMatch(l -> l.matches("method +deletion ↓ +sparseness ↑")));
    String cell = " +[-.0-9]+ ± [.0-9]+";
    assertTrue(a.out().lines().anyMatch(l -> l.matches("kernel-shap(" + cell + "){2}")), a.out());
    JsonNode all = json(cli.path("c.json"));
    assertEquals(4, all.at("/classes/0").size());
    assertEquals("kernel-shap", all.at("/methods/1/method").asText());
    assertEquals(64, all.at("/methods/1/attributions/0").asText().length());
    assertEquals(4, all.at("/methods/1/metrics/0/values/0").size());
    assertEquals("LOWER", all.at("/methods/1/metrics/0/better").asText());
  }

  @Test
  void comparisonsOfSeveralModelsHaveIntervalsOverModels() throws IOException {
    for (int seed = 0; seed < 2; seed++) {
      assertEquals(0, cli.train(cli.path("out" + seed), "--seeds", String.valueOf(seed)).code());
    }
    String[] models = {"out0/model.safetensors", "out1/model.safetensors"};
    Object[] compare = {
      "compare", cli.path(models[0]), cli.path(models[1]), "--data", cli.table(), "--label", "kind"
    };
    Object[] some = {"--rows", "0-3", "--method", "random,lime", "--backend", "scalar"};
    Object[] what = {
      "--metric", "comprehensiveness", "--missing", "zeros", "--json", cli.path("c.json")
    };
    Cli.Answer a = cli.run(Stream.of(compare, some, what).flatMap(Stream::of).toArray());
    assertEquals(0, a.code(), a.err());
    JsonNode all = json(cli.path("c.json"));
    assertEquals(2, all.at("/models").size());
    assertEquals("constant 0.0", all.at("/methods/1/settings/replacement").asText());
    JsonNode cell = all.at("/methods/0/metrics/0");
    double[] means = new double[2];
    for (int m = 0; m < 2; m++) {
      for (JsonNode value : cell.at("/values/" + m)) {
        means[m] += value.asDouble() / 4;
      }
    }
    // values are written as float32
    assertEquals((means[0] + means[1]) / 2, cell.at("/estimate/mean").asDouble(), 1e-6);
    double error = Math.abs(means[0] - means[1]) / 2;
    assertEquals(
        means[0] / 2 + means[1] / 2 - 1.96 * error,
        cell.at("/estimate/interval/low").asDouble(),
        1e-4);
  }

  @Test
  void imagesAreExplainedWithAPicture() throws IOException {
    Path data = cli.images();
    Cli.Answer t =
        cli.run(
            "train",
            "--data",
            "mnist",
            "--data-dir",
            data,
            "--model",
            "flatten linear(16, 10)",
            "--epochs",
            1,
            "--out",
            cli.path("out"),
            "--backend",
            "scalar");
    assertEquals(0, t.code(), t.err());
    Cli.Answer x =
        cli.run(
            "explain",
            cli.path("out/model.safetensors"),
            "--data",
            "mnist",
            "--data-dir",
            data,
            "--out",
            cli.path("x"),
            "--method",
            "saliency",
            "--backend",
            "scalar");
    assertEquals(0, x.code(), x.err());
    assertEquals(List.of("explanations.png", "run.json", "saliency.npy"), cli.files(cli.path("x")));
  }

  @Test
  void decoyComparesThreeTrainingsAndWritesTheSameFileTwice() throws IOException {
    Cli.Answer a = decoy("a.json");
    assertEquals(0, a.code(), a.err());
    assertTrue(a.out().contains("regularised seed 1: 100 %, epoch 2, loss"), a.out());
    assertTrue(a.out().contains("decoy tells decoy at random no decoy saliency"), a.out());
    JsonNode table = json(cli.path("a.json"));
    assertEquals(6, table.get("runs").size());
    assertEquals(3, table.get("means").size());
    assertEquals("regularised", table.at("/runs/1/training").asText());
    assertEquals("lrp", table.at("/configuration/prior").asText());
    assertEquals("5.0", table.at("/configuration/lambda").asText());
    JsonNode plain = table.at("/runs/0");
    String row =
        "plain        0  %.8s %12.4f"
            .formatted(plain.get("hash").asText(), plain.get("decoy_tells").asDouble());
    assertTrue(a.out().contains(row), a.out());
    decoy("b.json");
    assertEquals(-1, Files.mismatch(cli.path("a.json"), cli.path("b.json")));
  }

  private Cli.Answer decoy(String file) throws IOException {
    return cli.run(
        "decoy",
        "--data",
        "mnist",
        "--data-dir",
        cli.images(12),
        "--prior",
        "lrp",
        "--lambda",
        5,
        "--epochs",
        2,
        "--seeds",
        "0-1",
        "--backend",
        "scalar",
        "--json",
        cli.path(file));
  }

  @Test
  void numbersMayBeCategories() throws IOException {
    Cli.Answer a =
        cli.run(
            "train",
            "--data",
            cli.table(),
            "--label",
            "kind",
            "--categorical",
            "b",
            "--model",
            "linear(12, 3)",
            "--epochs",
            1,
            "--out",
            cli.path("out"),
            "--backend",
            "scalar");
    assertEquals(0, a.code(), a.err()); // b has 11 values
  }

  @Test
  void aCheckpointOfAnotherTrainingIsRefused() throws IOException {
    cli.train(cli.path("out"));
    Files.copy(cli.path("out/model.safetensors"), cli.path("out/checkpoint-seed0.safetensors"));
    Cli.Answer a = cli.train(cli.path("out"));
    assertEquals(2, a.code());
    assertTrue(a.err().contains("belongs to another training"), a.err());
  }
}
