package dev.vitrine.bench.conformance;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.tensor.kernel.Backend;
import dev.vitrine.tensor.kernel.Device;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The whole tree of golden cases, where {@code VITRINE_GOLDEN} says it is. */
class GoldenTest {
  private static final Set<String> GROUPS =
      Set.of("op", "forward", "loss_grad", "optimizer", "second_order", "segment");

  /** Methods that need only outputs. */
  private static final Set<String> PERTURBING =
      Set.of(
          "Occlusion",
          "FeatureAblation",
          "FeaturePermutation",
          "ShapleyValues",
          "ShapleyValueSampling",
          "ShapleyExact",
          "KernelShap",
          "KernelShapGiven",
          "LimeImage",
          "LimeTabular",
          "LimeCaptum");

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
    Suite all = Suite.open(Path.of(root));
    Device device = Device.of(backend, Device.standardThreads());
    Suite explain = all.only(Set.of("explain"), Set.of());
    Set<String> explainers =
        explain.entries().stream().map(Suite.Entry::method).collect(Collectors.toSet());
    explainers.removeAll(PERTURBING);
    Suite metrics = all.only(Set.of("metric"), Set.of("DeletionInsertion"));
    Suite tables = all.only(Set.of("sklearn"), new SklearnGroup().methods());
    for (Suite suite :
        List.of(all.only(GROUPS, Set.of()), explain.only(Set.of(), explainers), metrics, tables)) {
      Report report = suite.run(device);
      assertTrue(report.good(), report.text());
    }
  }
}
