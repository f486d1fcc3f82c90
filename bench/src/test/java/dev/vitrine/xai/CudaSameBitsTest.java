package dev.vitrine.xai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vitrine.tensor.kernel.Backend;
import dev.vitrine.tensor.kernel.Device;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The CUDA kernels train the same model and draw the same map as the scalar ones, bit for bit: on a
 * GPU, or on the driver without one that the tests of module native build.
 */
class CudaSameBitsTest {
  @Test
  void aSmallNetwork() throws IOException {
    check(SameBits.SMALL);
  }

  @Test
  @Tag("slow")
  void theStandardNetwork() throws IOException {
    check(SameBits.STANDARD);
  }

  private static void check(SameBits experiment) throws IOException {
    Backend cuda =
        Device.backends().stream().filter(b -> b.name().equals("cuda")).findFirst().orElseThrow();
    String reason = cuda.unavailable();
    if (reason != null) {
      System.out.println("CudaSameBitsTest is skipped: " + reason);
    }
    assumeTrue(reason == null, reason);
    SameBits.Result result = experiment.run(Device.of("cuda", 1));
    assertEquals(experiment.modelHash, result.model());
    assertEquals(experiment.mapHash, result.map());
  }
}
