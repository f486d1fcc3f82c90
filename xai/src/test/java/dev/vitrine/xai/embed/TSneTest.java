package dev.vitrine.xai.embed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TSneTest {
  private final Points x = Clouds.groups(150, 3, 6, 1);
  private final TSne quick = new TSne(10).with(Descent.standard().iterations(300));

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.5})
  void groupsStayApart(double theta) {
    TSne.Layout l = new TSne(10, theta, Descent.standard()).of(x);
    for (int i = 0; i < 150; i++) {
      int nearest = i == 0 ? 1 : 0;
      for (int j = 0; j < 150; j++) {
        boolean nearer = l.points().squaredDistance(i, j) < l.points().squaredDistance(i, nearest);
        nearest = j != i && nearer ? j : nearest;
      }
      assertEquals(i % 3, nearest % 3);
    }
    assertEquals(1000, l.iterations());
    Affinities p = theta == 0 ? Affinities.exact(x, 10) : Affinities.ofNeighbours(x, 10);
    assertEquals(Divergence.of(p, l.points(), theta).value(), l.divergence());
    assertTrue(l.divergence() < 0.5 * Divergence.of(p, TSne.start(x), theta).value());
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.5})
  void threadsChangeNoBit(double theta) {
    TSne method = new TSne(10, theta, Descent.standard().iterations(60));
    double[] expected = method.of(x).points().values();
    for (int threads = 1; threads <= 3; threads++) {
      // parallel streams run in the pool that calls them
      try (var pool = new ForkJoinPool(threads)) {
        assertArrayEquals(expected, pool.submit(() -> method.of(x)).join().points().values());
      }
    }
  }

  /** Neither the processor nor the JVM's own mathematics has a say. */
  @Test
  void everyMachineHasTheseBits() {
    Points few = Clouds.normal(60, 8, 7);
    Points layout = new TSne(8).with(Descent.standard().iterations(100)).of(few).points();
    assertEquals(-695115463, Arrays.hashCode(Pca.of(few, 3).components().values()), "PCA");
    assertEquals(939776446, Arrays.hashCode(layout.values()), "t-SNE");
  }

  @Test
  void progressIsToldOfEveryIteration() {
    var seen = new ArrayList<Double>();
    TSne.Layout l =
        quick.of(
            x,
            step -> {
              assertEquals(seen.size() + 1, step.iteration());
              assertEquals(300, step.iterations());
              assertTrue(step.gradientNorm() > 0);
              seen.add(step.divergence());
            });
    assertEquals(300, seen.size());
    assertTrue(seen.getLast() < seen.getFirst());
    assertEquals(seen.getLast(), l.divergence(), 0.05); // one small step later
  }

  @Test
  void interruptionEndsTheWork() {
    var error =
        assertThrows(
            CancellationException.class,
            () ->
                quick.of(
                    x,
                    step -> {
                      if (step.iteration() == 7) {
                        Thread.currentThread().interrupt();
                      }
                    }));
    assertTrue(Thread.interrupted(), "the flag stays for the caller");
    assertEquals("t-SNE was interrupted after 7 of 300 iterations", error.getMessage());
  }

  @Test
  void patienceEnds() {
    // where nothing can get better there is nothing to do
    Points triangle = new Points(3, 3, new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1});
    double[] corners = {0, 0, 1, 0, 0.5, Math.sqrt(0.75)};
    for (double leastGradient : new double[] {0, 1e-7}) {
      var still = new TSne(2, 0, new Descent(0, 1, 0, 10_000, 300, leastGradient));
      TSne.Layout l = still.of(triangle, new Points(3, 2, corners), Progress.SILENT);
      assertTrue(leastGradient == 0 ? l.iterations() < 10_000 : l.iterations() == 49);
      assertArrayEquals(corners, l.points().values(), 1e-10); // steps of 1e-16 times rate 50
    }
    var descent = new Descent(0, 12, 50, 10_000, 300, 1e-6);
    assertTrue(new TSne(5, 0, descent).of(Clouds.normal(20, 3, 2)).iterations() < 2000);
  }

  @Test
  void startsFromSmallPrincipalComponents() {
    Points start = TSne.start(x);
    Points scores = Pca.of(x, 2).project(x);
    double factor = start.at(0, 0) / scores.at(0, 0);
    double square = 0;
    for (int i = 0; i < x.count(); i++) {
      assertEquals(scores.at(i, 1) * factor, start.at(i, 1), 1e-18); // of a size of 1e-4
      square += start.at(i, 0) * start.at(i, 0);
    }
    assertEquals(1e-4, Math.sqrt(square / x.count()), 1e-17);
  }

  @Test
  void badInputIsRefused() {
    assertEquals(
        "theta: 2.0 given, 0 to 1 is needed",
        assertThrows(IllegalArgumentException.class, () -> new TSne(5, 2, Descent.standard()))
            .getMessage());
    assertEquals(
        "iterations: 0.0 given, at least 1.0 is needed",
        assertThrows(IllegalArgumentException.class, () -> Descent.standard().iterations(0))
            .getMessage());
    assertEquals(
        "all 4 points are equal: there is nothing to lay out",
        assertThrows(
                IllegalArgumentException.class,
                () -> new TSne(2).of(new Points(4, 2, new double[8])))
            .getMessage());
    assertThrows(
        IllegalArgumentException.class,
        () -> quick.of(x, new Points(150, 3, new double[450]), Progress.SILENT));
    assertThrows(IllegalArgumentException.class, () -> new TSne(150).of(x));
  }
}
