package dev.vitrine.xai.segment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class FelzenszwalbTest {
  private final Tensor image = Images.blocks(19, 26, 3, 5);

  /** The paper's algorithm over sets of pixels, Int looked up among the edges that joined them. */
  @Test
  void equalsTheDefinition() {
    for (double scale : new double[] {1, 20, 200}) {
      Segments got = new Felzenszwalb(scale, 0.6, 8).segment(image);
      Pixels p = Gaussian.smooth(Pixels.of(image), 0.6);
      assertArrayEquals(naive(p, scale / 255, 8).labels(), got.labels());
      assertTrue(got.count() > 1);
    }
  }

  private record Edge(int a, int b, double cost) {}

  private static Segments naive(Pixels p, double k, int minSize) {
    int n = p.count();
    var edges = new ArrayList<Edge>();
    for (int a = 0; a < n; a++) {
      for (int b = a + 1; b < n; b++) {
        int down = Math.abs(b / p.width() - a / p.width());
        int right = Math.abs(b % p.width() - a % p.width());
        if (Math.max(down, right) == 1) {
          edges.add(new Edge(a, b, Math.sqrt(p.squaredDistance(a, b))));
        }
      }
    }
    edges.sort(Comparator.comparingDouble(Edge::cost)); // no two are equal
    int[] part = new int[n];
    Arrays.setAll(part, i -> i);
    var joining = new ArrayList<Edge>();
    for (Edge e : edges) {
      double limit = Math.min(limit(part, joining, e.a, k), limit(part, joining, e.b, k));
      if (part[e.a] != part[e.b] && e.cost < limit) {
        joining.add(e);
        join(part, e);
      }
    }
    for (Edge e : edges) {
      boolean small = Math.min(size(part, e.a), size(part, e.b)) < minSize;
      if (part[e.a] != part[e.b] && small) {
        join(part, e);
      }
    }
    return Segments.of(p.height(), p.width(), part);
  }

  private static double limit(int[] part, List<Edge> joining, int pixel, double k) {
    double most = 0;
    for (Edge e : joining) {
      most = part[e.a] == part[pixel] ? Math.max(most, e.cost) : most;
    }
    return most + k / size(part, pixel);
  }

  private static long size(int[] part, int pixel) {
    return Arrays.stream(part).filter(q -> q == part[pixel]).count();
  }

  private static void join(int[] part, Edge e) {
    int from = part[e.a];
    int to = part[e.b];
    Arrays.setAll(part, i -> part[i] == from ? to : part[i]);
  }

  @Test
  void brightnessDoesntMatter() {
    // values of eighths add up exactly
    float[] values = image.toFloats();
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.round(values[i] * 4096) / 8192f;
    }
    Tensor dark = Tensor.of(image.shape(), values);
    assertArrayEquals(
        new Felzenszwalb(50, 0, 10).segment(dark).labels(),
        new Felzenszwalb(50, 0, 10).segment(Images.changed(dark, 1, 0.5f)).labels());
  }

  @Test
  void segmentsAreConnectedAndNotTooSmall() {
    Segments s = new Felzenszwalb(10, 0.5, 12).segment(image);
    assertEquals(s.count(), Images.pieces(s, true));
    assertTrue(Arrays.stream(s.sizes()).allMatch(size -> size >= 12));
  }

  @Test
  void aLargerScaleMeansFewerSegments() {
    int few = new Felzenszwalb(500, 0.5, 1).segment(image).count();
    int many = new Felzenszwalb(5, 0.5, 1).segment(image).count();
    assertTrue(few < many, few + " and " + many);
  }
}
