package dev.vitrine.bench.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.vitrine.tensor.kernel.Backend;
import dev.vitrine.tensor.kernel.Device;
import dev.vitrine.tensor.kernel.Kernels;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;

/** Benchmarks don't rot: each is called once, without JMH. */
class KernelBenchmarksTest {
  private static final List<Class<?>> FAMILIES =
      List.of(
          Convolutions.class,
          Elementwise.class,
          Extrema.class,
          Images.class,
          Maps.class,
          Moves.class,
          Optimisers.class,
          Pools.class,
          Products.class,
          RandomNumbers.class,
          Softmax.class,
          Sums.class,
          Zips.class);

  @Test
  void everyKernelHasABenchmarkOfItsName() {
    Set<String> wanted =
        Arrays.stream(Kernels.class.getDeclaredMethods())
            .filter(m -> !m.isDefault() && !m.isSynthetic())
            .map(Method::getName)
            .collect(Collectors.toCollection(TreeSet::new));
    FAMILIES.stream()
        .flatMap(KernelBenchmarksTest::benchmarks)
        .forEach(m -> wanted.remove(m.getName()));
    assertEquals(Set.of(), wanted, "kernels without a benchmark");
  }

  @Test
  void everyBenchmarkRuns() throws ReflectiveOperationException {
    // What they call is tested elsewhere on every backend, so the best one here will do.
    String backend =
        Device.backends().stream()
            .filter(b -> !b.name().equals("cuda") && b.unavailable() == null)
            .findFirst()
            .map(Backend::name)
            .orElseThrow();
    for (Class<?> family : FAMILIES) {
      once(family, backend);
    }
  }

  private static void once(Class<?> family, String backend) throws ReflectiveOperationException {
    var stage = new Stage();
    stage.backend = backend;
    stage.open();
    Object benchmarks = family.getDeclaredConstructor().newInstance();
    for (Method m : family.getMethods()) {
      if (m.isAnnotationPresent(Setup.class)) {
        m.invoke(benchmarks, stage);
      }
    }
    for (Method m : benchmarks(family).toList()) {
      m.invoke(benchmarks);
    }
    stage.close();
  }

  private static Stream<Method> benchmarks(Class<?> family) {
    return Arrays.stream(family.getMethods()).filter(m -> m.isAnnotationPresent(Benchmark.class));
  }
}
