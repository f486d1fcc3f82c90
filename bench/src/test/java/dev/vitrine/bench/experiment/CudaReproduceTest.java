package dev.vitrine.bench.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vitrine.bench.run.Progress;
import dev.vitrine.tensor.kernel.Device;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** A GPU, or the CUDA driver without one, gives the bits that are on record. */
class CudaReproduceTest {
  @Test
  void fromDataToScoresTheBitsAreThoseOnRecord() throws IOException {
    var cuda = Device.backends().stream().filter(b -> b.name().equals("cuda")).findFirst();
    String reason = cuda.isEmpty() ? "no such backend" : cuda.get().unavailable();
    if (reason != null) {
      System.out.println("CudaReproduceTest is skipped: " + reason);
    }
    assumeTrue(reason == null, reason);
    Reproduced r =
        Experiments.reproduce(
            "drawn-digits", null, Device.of("cuda", 1), (part, unit) -> Progress.silent());
    assertEquals(new Verdict.SameBits(), r.verdict());
  }
}
