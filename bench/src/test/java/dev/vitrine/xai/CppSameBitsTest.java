package dev.vitrine.xai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vitrine.tensor.kernel.Backend;
import dev.vitrine.tensor.kernel.Device;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The C++ kernels train the same model and draw the same map as the scalar ones, bit for bit. */
class CppSameBitsTest {
  @Test
  void aSmallNetwork() throws IOException, InterruptedException {
    check(SameBits.SMALL);
  }

  @Test
  @Tag("slow")
  void theStandardNetwork() throws IOException, InterruptedException {
    check(SameBits.STANDARD);
  }

  private static void check(SameBits experiment) throws IOException, InterruptedException {
    Backend cpp =
        Device.backends().stream().filter(b -> b.name().equals("cpp")).findFirst().orElseThrow();
    String reason = cpp.unavailable();
    if (reason != null) {
      System.out.println("CppSameBitsTest is skipped: " + reason);
    }
    assumeTrue(reason == null, reason);
    for (int threads = 1; threads <= 3; threads++) {
      same(experiment, experiment.run(Device.of("cpp", threads)), "threads: " + threads);
    }
    same(experiment, experiment.runInOtherJvm("cpp", "-Dvitrine.isa=avx2"), "AVX2");
  }

  private static void same(SameBits experiment, SameBits.Result result, String where) {
    assertEquals(experiment.modelHash, result.model(), "model, " + where);
    assertEquals(experiment.mapHash, result.map(), "map, " + where);
  }
}
