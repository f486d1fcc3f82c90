package dev.vitrine.bench.conformance;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.tensor.kernel.Backend;
import dev.vitrine.tensor.kernel.Device;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The whole tree of golden cases, where {@code VITRINE_GOLDEN} says it is. */
class GoldenTest {
  static Stream<String> backends() {
    return Device.backends().stream().filter(b -> b.unavailable() == null).map(Backend::name);
  }

  @ParameterizedTest
  @MethodSource("backends")
  void everyCasePasses(String backend) throws IOException {
    String root = System.getenv("VITRINE_GOLDEN");
    if (root == null) {
      System.out.println(
          "GoldenTest is skipped: VITRINE_GOLDEN does not name a tree of golden cases");
    }
    Assumptions.assumeTrue(root != null, "VITRINE_GOLDEN does not name a tree of golden cases");
    Device device = Device.of(backend, Device.standardThreads());
    Report report = Suite.open(Path.of(root)).run(device);
    assertTrue(report.good(), report.text());
  }
}
