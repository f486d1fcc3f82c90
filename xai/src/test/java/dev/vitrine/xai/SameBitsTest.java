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
    check(
        SameBits.SMALL,
        "3ecd6815e72babe916f59c852fc614d76dce00c75c4a9dd547e9b18dccd59d05",
        "c30d7b44b9926ca61d98af2c56f418849623d794f25e4754c2823c571b49b18a");
  }

  @Test
  @Tag("slow")
  void theStandardNetwork() throws IOException, InterruptedException {
    check(
        SameBits.STANDARD,
        "cf2a1b7c73eb43050a062d065da95a0bd659d4736f1e19f34c1fb3c7362f1826",
        "585842a32a1e8383384ada62014dc89b1f58bb226d3e08f6c07b4a05992ecf63");
  }

  private static void check(SameBits experiment, String model, String map)
      throws IOException, InterruptedException {
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
        same(reference, experiment.runInOtherJvm(lanes), "bits of a vector: " + lanes);
      }
    }
    assertEquals(model, reference.model(), "model on this machine");
    assertEquals(map, reference.map(), "map on this machine");
  }

  private static void same(SameBits.Result reference, SameBits.Result other, String where) {
    assertEquals(reference, other, () -> where + ": " + reference.firstDifference(other));
  }
}
