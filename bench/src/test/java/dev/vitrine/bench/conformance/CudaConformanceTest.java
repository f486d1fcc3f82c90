package dev.vitrine.bench.conformance;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vitrine.tensor.kernel.Backend;
import dev.vitrine.tensor.kernel.Device;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The bundled cases on a GPU, or on the CUDA driver without one. */
class CudaConformanceTest {
  @Test
  void bundledCasesOfEveryGroupPass() throws IOException {
    Backend cuda =
        Device.backends().stream().filter(b -> b.name().equals("cuda")).findFirst().orElseThrow();
    String reason = cuda.unavailable();
    if (reason != null) {
      System.out.println("CudaConformanceTest is skipped: " + reason);
    }
    assumeTrue(reason == null, reason);
    Report report = Suite.open(Tree.bundled()).run(Device.of("cuda", 1));
    assertTrue(report.good(), report.text());
  }
}
