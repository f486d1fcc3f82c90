package dev.vitrine.xai.shapley;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Functions;
import dev.vitrine.xai.Functions.OfRow;
import dev.vitrine.xai.Nets;
import dev.vitrine.xai.Subject;
import dev.vitrine.xai.Target;
import dev.vitrine.xai.perturb.Features;
import dev.vitrine.xai.perturb.Hierarchy;
import dev.vitrine.xai.perturb.Hierarchy.Tree;
import dev.vitrine.xai.perturb.Replacement;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Values under a hierarchy, against their definition as a mean over orders. */
class OwenShapleyTest {
  private static final int ENOUGH = 1 << 12;

  private static Attribution explained(Hierarchy h, int budget, OfRow f, float... x) {
    try (Subject s = Functions.subject(f)) {
      var by = new OwenShapley(Features.each(), Replacement.zero(), h, budget);
      return by.explain(s, Nets.row(x), Target.of(0));
    }
  }

  /** All orders in which each pair of parts is entered one way or the other, equally often. */
  private static double[] meanOverOrders(Tree tree, OfRow f, float[] x) {
    double[] phi = new double[x.length];
    int[][] orders = orders(tree);
    for (int[] order : orders) {
      float[] known = new float[x.length];
      double before = f.of(known);
      for (int i : order) {
        known[i] = x[i];
        double now = f.of(known);
        phi[i] += (now - before) / orders.length;
        before = now;
      }
    }
    return phi;
  }

  private static int[][] orders(Tree tree) {
    return switch (tree) {
      case Tree.Leaf leaf -> new int[][] {{leaf.feature()}};
      case Tree.Pair pair -> {
        int[][] a = orders(pair.left());
        int[][] b = orders(pair.right());
        var all = new int[2 * a.length * b.length][];
        for (int i = 0; i < all.length / 2; i++) {
          all[2 * i] = joined(a[i / b.length], b[i % b.length]);
          all[2 * i + 1] = joined(b[i % b.length], a[i / b.length]);
        }
        yield all;
      }
    };
  }

  private static int[] joined(int[] a, int[] b) {
    int[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }

  @Test
  void isTheMeanOverOrdersOfTheTree() {
    OfRow f = x -> x[0] * x[1] * x[2] + Math.max(x[3], x[4]) * x[0] - x[4] * x[1];
    float[] x = {1, 2, -3, 1.5f, 2};
    Tree tree =
        new Tree.Pair(
            new Tree.Pair(new Tree.Leaf(0), new Tree.Leaf(3)),
            new Tree.Pair(new Tree.Leaf(4), new Tree.Pair(new Tree.Leaf(1), new Tree.Leaf(2))));
    double[] wanted = meanOverOrders(tree, f, x);
    Attribution a = explained(Hierarchy.of(tree), ENOUGH, f, x);
    for (int i = 0; i < x.length; i++) {
      // float32 values of f
      assertEquals(wanted[i], a.values().at(i), 1e-5, "feature " + i);
    }
    assertTrue(Objects.requireNonNull(a.convergence()).converged()[0]);
  }

  @Test
  void twoFeaturesAreShapley() {
    Attribution a = explained(Hierarchy.halves(), 8, x -> Math.min(x[0], x[1]), 1, 2);
    assertArrayEquals(new float[] {0.5f, 0.5f}, a.values().toFloats());
  }

  @Test
  void aSmallBudgetSharesWhatIsLeft() {
    float[] x = {1, 2, 3, 4, 5, 6, 7, 8};
    Attribution a = explained(Hierarchy.halves(), 4, r -> r[0] + 2 * r[1] + r[7], x);
    // known: the halves, worth 5 and 8
    float[] wanted = {1.25f, 1.25f, 1.25f, 1.25f, 2, 2, 2, 2};
    assertArrayEquals(wanted, a.values().toFloats(), 1e-6f);
    assertEquals(0, Objects.requireNonNull(a.convergence()).gap()[0], 1e-6);
    assertTrue(Objects.requireNonNull(a.figures().get("unsplit parts"))[0] > 0);
  }

  @Test
  void imagesAreCutWhereTheValueIs() {
    float[] x = new float[16 * 16];
    Arrays.fill(x, 1);
    int hot = 5 * 16 + 11;
    try (Subject s = Functions.subject(r -> 3 * r[hot])) {
      Tensor image = Tensor.of(Shape.of(1, 16, 16, 1), x);
      var by = OwenShapley.ofImage(Replacement.zero(), 600);
      float[] a = by.explain(s, image, Target.of(0)).values().toFloats();
      assertEquals(
          3,
          a[hot],
          1e-5f,
          "its 8 parts are split in 1 + 2 + … + 128 contexts, two coalitions each");
    }
  }
}
