package dev.vitrine.xai.segment;

import dev.vitrine.tensor.Tensor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Two segments A, B are joined by their cheapest edge if its cost is below min(Int(A) + k/|A|,
 * Int(B) + k/|B|), where Int is the most expensive edge inside a segment and k = scale/255.
 * Felzenszwalb and Huttenlocher 2004, algorithm 1.
 *
 * <p>Pixels are connected with their eight neighbours; an edge costs the Euclidean distance of
 * their smoothed colours. Edges are taken by cost, equal ones right, down, down-right, up-right and
 * row by row. At last segments of fewer than {@code minSize} pixels are joined with a neighbour
 * over their cheapest edge. Adding the same amount to all values changes nothing. An edge of a grey
 * image costs √3 times its difference, as one of three equal channels.
 *
 * @param scale larger means larger segments; as in the paper's program, for values up to 255
 * @param sigma deviation in pixels of the Gaussian that smooths the image, 0 = none
 * @param minSize least number of pixels of a segment
 */
public record Felzenszwalb(double scale, double sigma, int minSize) implements Segmenter {
  public Felzenszwalb {
    Positive.need("scale", scale);
    Positive.needOrZero("sigma", sigma);
    Positive.need("minSize", minSize);
  }

  /** {@code sigma} 0.8 and {@code minSize} 20. */
  public Felzenszwalb(double scale) {
    this(scale, 0.8, 20);
  }

  private record Edge(int a, int b, double cost) {}

  @Override
  public Segments segment(Tensor image) {
    Pixels p = Gaussian.smooth(Pixels.of(image), sigma);
    List<Edge> edges = edges(p);
    edges.sort(Comparator.comparingDouble(Edge::cost)); // stable
    var forest = new Forest(p.count());
    double[] most = new double[p.count()];
    double k = scale / 255;
    for (Edge e : edges) {
      int a = forest.root(e.a);
      int b = forest.root(e.b);
      double limit = Math.min(most[a] + k / forest.size(a), most[b] + k / forest.size(b));
      if (a != b && e.cost < limit) {
        most[forest.join(a, b)] = e.cost;
      }
    }
    for (Edge e : edges) {
      int a = forest.root(e.a);
      int b = forest.root(e.b);
      if (a != b && Math.min(forest.size(a), forest.size(b)) < minSize) {
        forest.join(a, b);
      }
    }
    return Segments.of(p.height(), p.width(), forest.roots());
  }

  private static List<Edge> edges(Pixels p) {
    var edges = new ArrayList<Edge>(4 * p.count());
    add(edges, p, 0, 1);
    add(edges, p, 1, 0);
    add(edges, p, 1, 1);
    add(edges, p, -1, 1);
    return edges;
  }

  /** From each pixel to the one so many rows below and columns to the right. */
  private static void add(List<Edge> edges, Pixels p, int down, int right) {
    for (int row = Math.max(0, -down); row < p.height() - Math.max(0, down); row++) {
      for (int column = 0; column < p.width() - right; column++) {
        int a = row * p.width() + column;
        int b = a + down * p.width() + right;
        edges.add(new Edge(a, b, Math.sqrt(p.squaredDistance(a, b))));
      }
    }
  }
}
