package dev.vitrine.bench.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vitrine.bench.Vitrine;
import dev.vitrine.bench.run.Progress;
import dev.vitrine.tensor.kernel.Device;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From data to scores every device gives the bits that are on record. */
class ReproduceTest {
  private static final String NAME = "drawn-digits";

  @TempDir private Path folder;

  @Test
  void theSpecificationGivesTheBitsOnRecord() throws IOException {
    Reproduced r =
        Experiments.reproduce(
            NAME, null, Device.of("scalar", 1), (part, unit) -> Progress.silent());
    assertEquals(new Verdict.SameBits(), r.verdict());
  }

  /** Width, instructions and number of threads are chosen when a JVM starts. */
  @ParameterizedTest
  @CsvSource({
    "vector, -Dvitrine.lanes=128, 1",
    "vector, -Dvitrine.lanes=256, 2",
    "vector, -Dvitrine.lanes=512, 3",
    "cpp, -Dvitrine.isa=avx2, 1",
    "cpp, -Dvitrine.isa=avx512, 2",
    "cpp, -Dvitrine.isa=avx512, 3"
  })
  void everyWidthAndNumberOfThreadsGivesThem(String backend, String option, int threads)
      throws Exception {
    var why = Device.backends().stream().filter(b -> b.name().equals(backend)).findFirst();
    assumeTrue(why.isPresent() && why.get().unavailable() == null, () -> backend + ": " + why);
    Path json = folder.resolve("answer.json");
    var words =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--add-modules=jdk.incubator.vector",
                "-Dvitrine.threads=" + threads,
                option,
                "-cp",
                System.getProperty("java.class.path"),
                Vitrine.class.getName()));
    words.addAll(List.of("reproduce", NAME, "--backend", backend, "--progress", "none", "--json"));
    words.add(json.toString());
    Process p = new ProcessBuilder(words).redirectErrorStream(true).start();
    String said = new String(p.getInputStream().readAllBytes());
    assertEquals(0, p.waitFor(), said);
    assertTrue(said.contains(NAME + "           same bits (1 model"), said);
    assertTrue(said.contains("device: " + backend), said);
    assertTrue(Files.readString(json).contains("\"verdict\" : \"SameBits\""));
  }

  private String run(int code, Object... words) {
    var out = new StringWriter();
    var writer = new PrintWriter(out);
    String[] args = List.of(words).stream().map(Object::toString).toArray(String[]::new);
    assertEquals(code, Vitrine.run(writer, writer, args), out::toString);
    return out.toString();
  }

  @Test
  void aReadersOwnExperimentIsRecordedAndDoneAgain() throws IOException {
    Path toml = folder.resolve("mine.toml");
    Files.writeString(
        toml,
        """
        about = "logistic regression"
        data = "drawn"
        model = "flatten linear(784, 10)"
        [training]
        optimizer = "sgd"
        rate = 0.01
        batch = 500
        epochs = 1
        seeds = "3-4"
        [explanations]
        seeds = "4"
        rows = "0-1"
        methods = ["saliency"]
        metrics = ["sparseness"]
        [[published]]
        metric = "sparseness"
        method = "saliency"
        value = 0.5
        source = "somebody"
        """);
    Object[] again = {"reproduce", toml, "--progress", "none"};
    assertTrue(run(0, again).contains("nothing is on record"));
    run(0, "reproduce", toml, "--progress", "none", "--record");
    Path page = folder.resolve("page.html");
    String said = run(0, "reproduce", toml, "--progress", "none", "--page", page);
    assertTrue(said.contains("mine                   same bits (2 models"), said);
    assertTrue(said.contains("sparseness of saliency: 0."), said);
    assertTrue(said.contains("published 0.5000, somebody"), said);
    String html = Files.readString(page);
    assertTrue(html.contains("1 of 1 gave the same bits"), html);
    assertTrue(html.contains("somebody"), html);

    Path json = folder.resolve("mine.json");
    String outcome = Files.readString(json);
    int steps = outcome.indexOf("\"epochs\" : [ \"") + 14 + 8 * 4;
    String digit = outcome.charAt(steps) == '0' ? "1" : "0";
    String hash = "\"hash\" : \"";
    int model = outcome.indexOf(hash) + hash.length();
    Files.writeString(
        json,
        outcome.substring(0, steps)
            + digit.repeat(8 * 16)
            + outcome.substring(steps + 8 * 16, model)
            + "00"
            + outcome.substring(model + 2));
    said = run(0, again);
    assertTrue(said.contains("same within 0.0, first different: seed 3: step 5 of epoch 1"), said);
    Files.writeString(json, outcome.replaceFirst("\"accuracy\" : [0-9.]+", "\"accuracy\" : 0.001"));
    assertTrue(run(1, again).contains("different, first: seed 3: accuracy"));
    Files.writeString(toml, Files.readString(toml).replace("rate = 0.01", "rate = 0.02"));
    assertTrue(run(0, again).contains("the record is of another experiment"));
  }

  @Test
  void whatDoesNotExistIsRefusedBeforeAnythingIsDone() {
    assertTrue(run(2, "reproduce", NAME, "magic").contains("no experiment is called \"magic\""));
    assertTrue(run(2, "reproduce", "none.toml").contains("none.toml: no such file"));
    assertTrue(run(2, "reproduce", NAME, "--record").contains("name the file"));
    assertTrue(run(2, "reproduce", NAME, "--page", folder).contains("no file can be written"));
    assertTrue(run(0, "reproduce", "--list").contains("digits-faithfulness"));
  }
}
