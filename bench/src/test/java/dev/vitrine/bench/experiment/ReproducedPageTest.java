package dev.vitrine.bench.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.bench.Browser;
import dev.vitrine.bench.run.Progress;
import dev.vitrine.tensor.kernel.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was done again, as a reader has it. */
@Tag("browser")
class ReproducedPageTest {
  @TempDir private Path folder;

  @Test
  void verdictsFiguresAndHashesAreReadable() throws IOException {
    Device device = Device.of("scalar", 1);
    String name = "drawn-digits";
    Reproduced r = Experiments.reproduce(name, null, device, (part, unit) -> Progress.silent());
    String page = ReproducedPage.html(List.of(r), device, List.of(name));
    Path file = Files.writeString(folder.resolve("page.html"), page);
    try (Browser b = Browser.at(file.toUri().toString(), 1000, 900, _ -> {})) {
      assertTrue(b.text("main").contains("same bits"));
      assertEquals("bench/vitrine reproduce " + name + " --page FILE", b.text("p.note code"));
      b.look("reproduced");
      b.assertQuiet();
    }
  }
}
