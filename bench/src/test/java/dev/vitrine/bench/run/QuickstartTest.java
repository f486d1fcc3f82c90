package dev.vitrine.bench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vitrine.nn.data.DrawnDigits;
import dev.vitrine.nn.data.Split;
import dev.vitrine.nn.optim.Optimizer;
import dev.vitrine.tensor.kernel.Device;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuickstartTest {
  private static final Workload SMALL =
      new Workload("small", "drawn", "flatten linear(784, 10)", Optimizer.adam(1e-3f), 20, 1, null);

  @TempDir private Path folder;

  @Test
  void thePageHasAllItsPicturesAndTheRecordAllItsHashes() throws IOException {
    var out = new StringWriter();
    try (Split split = DrawnDigits.of(7, 40, 20)) {
      var quickstart =
          new Quickstart(new PrintWriter(out), Device.of("scalar", 1), RunFolder.at(folder), 7);
      assertTrue(quickstart.run(SMALL, split));
    }
    String page = Files.readString(folder.resolve(Quickstart.PAGE));
    var links = Pattern.compile("(?:src|href)=\"([^\"]+)\"").matcher(page).results().toList();
    assertEquals(1, links.size());
    links.forEach(l -> assertTrue(Files.isRegularFile(folder.resolve(l.group(1))), l.group()));
    var run = new ObjectMapper().readTree(Files.readString(folder.resolve("run.json")));
    for (String what : List.of("model.safetensors", "saliency", "integrated-gradients")) {
      assertEquals(64, run.get("hashes").get(what).asText().length(), what);
      assertTrue(page.contains(run.get("hashes").get(what).asText()), what);
    }
    assertTrue(Files.notExists(folder.resolve("checkpoint-seed7.safetensors")));
    assertTrue(out.toString().contains("nearest neighbour"), out.toString());
  }
}
