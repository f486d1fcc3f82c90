package dev.vitrine.xai;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vitrine.tensor.kernel.Device;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The same model and the same map, bit for bit: on both backends of this module, with any number of
 * threads, any width of vectors, and on every machine, whose hashes must be these.
 */
class SameBitsTest {
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
    SameBits.Result reference = experiment.run(Device.of("scalar", 1));
    System.out.println(experiment + " model " + reference.model());
    System.out.println(experiment + " map   " + reference.map());
    // each of these has to be there: a backend that can't be had says why and fails the test
    for (int threads = 1; threads <= 3; threads++) {
      same(reference, experiment.run(Device.of("vector", threads)), "threads: " + threads);
    }
    for (int lanes = 128; lanes <= 512; lanes *= 2) {
      // this JVM's own width was the first of the runs above
      if (!Device.of("vector", 1).toString().contains(lanes + "-bit")) {
        same(
            reference,
            experiment.runInOtherJvm("vector", "-Dvitrine.lanes=" + lanes),
            "bits of a vector: " + lanes);
      }
    }
    assertEquals(experiment.modelHash, reference.model(), "model on this machine");
    assertEquals(experiment.mapHash, reference.map(), "map on this machine");
  }

  private static void same(SameBits.Result reference, SameBits.Result other, String where) {
    assertEquals(reference, other, () -> where + ": " + reference.firstDifference(other));
  }
}
