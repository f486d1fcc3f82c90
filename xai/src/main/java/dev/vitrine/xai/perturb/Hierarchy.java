package dev.vitrine.xai.perturb;

import dev.vitrine.tensor.Tensor;
import java.util.Arrays;
import java.util.stream.IntStream;

/** How the features of a row belong together: a binary tree over them. */
@FunctionalInterface
public interface Hierarchy {
  /** The tree of a row […], which has no batch axis. */
  Tree of(Tensor row, Partition features);

  /** A feature, or two parts that belong together more than with the rest. */
  sealed interface Tree {
    /** The features below, in order. */
    int[] features();

    /** One feature. */
    record Leaf(int feature) implements Tree {
      @Override
      public int[] features() {
        return new int[] {feature};
      }
    }

    /** Two parts. */
    record Pair(Tree left, Tree right, int[] features) implements Tree {
      public Pair(Tree left, Tree right) {
        this(left, right, joined(left.features(), right.features()));
      }

      private static int[] joined(int[] a, int[] b) {
        int[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
      }
    }
  }

  /** The features in their order, cut into halves again and again. */
  static Hierarchy halves() {
    return new Halves();
  }

  /** Images [h, w, c]: cut across the longer side again and again, down to pixels. */
  static Hierarchy ofImage() {
    return new OfImage();
  }

  /** The same tree for all rows. */
  static Hierarchy of(Tree tree) {
    return (row, features) -> tree;
  }

  /** See {@link #halves}. */
  record Halves() implements Hierarchy {
    @Override
    public Tree of(Tensor row, Partition features) {
      return tree(0, features.count());
    }

    private static Tree tree(int from, int to) {
      int middle = (from + to) >>> 1;
      return to - from == 1
          ? new Tree.Leaf(from)
          : new Tree.Pair(tree(from, middle), tree(middle, to));
    }

    @Override
    public String toString() {
      return "halves";
    }
  }

  /** See {@link #ofImage}; a feature lies where its middle is. */
  record OfImage() implements Hierarchy {
    @Override
    public Tree of(Tensor row, Partition features) {
      if (row.shape().rank() != 3) {
        throw new IllegalArgumentException(
            "a row of shape %s has no sides: images [h, w, c] are needed, or Hierarchy.halves()"
                .formatted(row.shape()));
      }
      double[][] middles = new double[features.count()][2];
      int[] sizes = new int[features.count()];
      for (int e = 0; e < features.of().length; e++) {
        int pixel = e / row.shape().dim(2);
        middles[features.of()[e]][0] += pixel / row.shape().dim(1);
        middles[features.of()[e]][1] += pixel % row.shape().dim(1);
        sizes[features.of()[e]]++;
      }
      for (int f = 0; f < sizes.length; f++) {
        middles[f][0] /= sizes[f];
        middles[f][1] /= sizes[f];
      }
      return tree(IntStream.range(0, sizes.length).boxed().toArray(Integer[]::new), middles);
    }

    private static Tree tree(Integer[] features, double[][] middles) {
      if (features.length == 1) {
        return new Tree.Leaf(features[0]);
      }
      int axis = extent(features, middles, 0) >= extent(features, middles, 1) ? 0 : 1;
      Arrays.sort(features, (a, b) -> Double.compare(middles[a][axis], middles[b][axis]));
      int half = features.length / 2;
      return new Tree.Pair(
          tree(Arrays.copyOf(features, half), middles),
          tree(Arrays.copyOfRange(features, half, features.length), middles));
    }

    private static double extent(Integer[] features, double[][] middles, int axis) {
      double low = Double.POSITIVE_INFINITY;
      double high = Double.NEGATIVE_INFINITY;
      for (int f : features) {
        low = Math.min(low, middles[f][axis]);
        high = Math.max(high, middles[f][axis]);
      }
      return high - low;
    }

    @Override
    public String toString() {
      return "halves of the image";
    }
  }
}
