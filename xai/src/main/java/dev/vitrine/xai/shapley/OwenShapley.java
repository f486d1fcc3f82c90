package dev.vitrine.xai.shapley;

import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Explainer;
import dev.vitrine.xai.Question;
import dev.vitrine.xai.perturb.Coalitions;
import dev.vitrine.xai.perturb.Features;
import dev.vitrine.xai.perturb.Game;
import dev.vitrine.xai.perturb.Hierarchy;
import dev.vitrine.xai.perturb.Hierarchy.Tree;
import dev.vitrine.xai.perturb.Replacement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Values of features that belong together in a hierarchy: what a feature adds, averaged over the
 * orders in which each part of the tree becomes known as a whole before its sister begins (Owen
 * 1977; Winter 1989; SHAP's partition explainer). Σ φ = f(x) − v(∅).
 *
 * <p>A part is worth what it adds, half of the time before its sister and half of the time behind
 * her; the parts that are worth most are split first. When {@code budget} is spent, what is left of
 * a part is shared evenly by its features; with budget enough the values are exact.
 *
 * @param budget coalitions of each row that are evaluated, at least 2
 */
public record OwenShapley(
    Features features, Replacement replacement, Hierarchy hierarchy, int budget)
    implements Explainer {
  /** Parts of a row that are split at once: fixed, as it decides what the budget is spent on. */
  private static final int TOGETHER = 32;

  /** Of the part that is worth most: parts worth less wait, even if few are split at once. */
  private static final double COMPARABLE = 0.25;

  public OwenShapley {
    if (budget < 2) {
      throw new IllegalArgumentException(
          "budget: " + budget + " coalitions given, at least 2 are needed");
    }
  }

  /** Pixels of images, cut across their longer side again and again. */
  public static OwenShapley ofImage(Replacement replacement, int budget) {
    return new OwenShapley(Features.pixels(), replacement, Hierarchy.ofImage(), budget);
  }

  @Override
  public String name() {
    return "Owen values";
  }

  @Override
  public Map<String, String> settings() {
    var settings = new LinkedHashMap<String, String>();
    settings.put("features", features.toString());
    settings.put("replacement", replacement.toString());
    settings.put("hierarchy", hierarchy.toString());
    settings.put("budget", String.valueOf(budget));
    return settings;
  }

  /**
   * A part of the tree in a context.
   *
   * @param known what is known before it
   * @param without v of that
   * @param with v of that and the part
   * @param share how often this context occurs
   */
  private record Part(
      Tree tree, Coalitions known, double without, double with, double share, int number)
      implements Comparable<Part> {
    double worth() {
      return share * (with - without);
    }

    @Override
    public int compareTo(Part other) {
      int byWorth = Double.compare(Math.abs(other.worth()), Math.abs(worth()));
      return byWorth != 0 ? byWorth : Integer.compare(number, other.number);
    }
  }

  /** The parts of a row that may still be split, and the values of those that were not. */
  private static final class Open {
    final PriorityQueue<Part> queue = new PriorityQueue<>();
    final List<Tree.Pair> split = new ArrayList<>();
    final List<Part> parts = new ArrayList<>();
    final double[] phi;
    final int players;
    double nothing;
    double all;
    int evaluated = 2;
    int made;

    Open(int players) {
      this.players = players;
      this.phi = new double[players];
    }

    void add(Tree tree, Coalitions known, double without, double with, double share) {
      var part = new Part(tree, known, without, with, share, made++);
      if (tree instanceof Tree.Leaf leaf) {
        phi[leaf.feature()] += part.worth();
      } else {
        queue.add(part);
      }
    }

    /** What is known of a part and, besides, one of its halves. */
    static void append(Coalitions to, Part part, Tree half) {
      int s = to.add(part.known(), 0);
      for (int f : half.features()) {
        to.put(s, f);
      }
    }

    /** Takes out the next parts, and gives the coalitions that their halves need. */
    Coalitions next(int budget) {
      parts.clear();
      split.clear();
      var sets = new Coalitions(players);
      double least = queue.isEmpty() ? 0 : COMPARABLE * Math.abs(queue.peek().worth());
      while (parts.size() < TOGETHER && evaluated + 2 <= budget && isWorth(queue.peek(), least)) {
        Part part = queue.remove();
        if (part.tree() instanceof Tree.Pair pair) {
          parts.add(part);
          split.add(pair);
          append(sets, part, pair.left());
          append(sets, part, pair.right());
          evaluated += 2;
        }
      }
      return sets;
    }

    private static boolean isWorth(@Nullable Part next, double least) {
      return next != null && Math.abs(next.worth()) >= least;
    }

    /** Each half comes before its sister half of the time, and behind her the other half. */
    void halve(Coalitions sets, double[] v) {
      for (int i = 0; i < parts.size(); i++) {
        Part p = parts.get(i);
        Tree left = split.get(i).left();
        Tree right = split.get(i).right();
        double share = p.share() / 2;
        Coalitions withLeft = one(sets, 2 * i);
        Coalitions withRight = one(sets, 2 * i + 1);
        add(left, p.known(), p.without(), v[2 * i], share);
        add(left, withRight, v[2 * i + 1], p.with(), share);
        add(right, p.known(), p.without(), v[2 * i + 1], share);
        add(right, withLeft, v[2 * i], p.with(), share);
      }
    }

    private Coalitions one(Coalitions sets, int s) {
      var own = new Coalitions(players);
      own.add(sets, s);
      return own;
    }

    /** Shares what is left of each part evenly, and says how many parts that were. */
    int share() {
      int left = queue.size();
      while (!queue.isEmpty()) {
        Part part = queue.remove();
        int[] below = part.tree().features();
        for (int f : below) {
          phi[f] += part.worth() / below.length;
        }
      }
      return left;
    }
  }

  @Override
  public Attribution explain(Question q) {
    Game game = Game.of(q, features, replacement);
    List<Open> rows = begin(q, game);
    for (boolean more = true; more; ) {
      var sets = new ArrayList<Coalitions>();
      more = false;
      for (Open row : rows) {
        sets.add(row.next(budget));
        more |= sets.getLast().count() > 0;
      }
      double[][] v = game.values(sets);
      for (int r = 0; r < rows.size(); r++) {
        rows.get(r).halve(sets.get(r), v[r]);
      }
    }
    return answer(q, game, rows);
  }

  private List<Open> begin(Question q, Game game) {
    var ends = new ArrayList<Coalitions>();
    for (int r = 0; r < game.rows(); r++) {
      var both = new Coalitions(game.features(r).count());
      both.add();
      both.addAll();
      ends.add(both);
    }
    double[][] v = game.values(ends);
    var rows = new ArrayList<Open>();
    for (int r = 0; r < game.rows(); r++) {
      Tensor row = q.x().rows(r, r + 1);
      Tree tree = hierarchy.of(row.reshape(row.shape().without(0)), game.features(r));
      var open = new Open(game.features(r).count());
      open.nothing = v[r][0];
      open.all = v[r][1];
      var empty = new Coalitions(open.players);
      empty.add();
      open.add(tree, empty, open.nothing, open.all, 1);
      rows.add(open);
    }
    return rows;
  }

  private Attribution answer(Question q, Game game, List<Open> rows) {
    int n = rows.size();
    Tensor values = new Memory("owen values").floats(q.x().shape());
    float[] f = new float[n];
    float[] gap = new float[n];
    int[] steps = new int[n];
    boolean[] converged = new boolean[n];
    float[] unsplit = new float[n];
    for (int r = 0; r < n; r++) {
      Open row = rows.get(r);
      unsplit[r] = row.share();
      values.rows(r, r + 1).set(game.features(r).spread(row.phi));
      f[r] = (float) row.all;
      gap[r] = (float) (ExactShapley.sum(row.phi) - (row.all - row.nothing));
      steps[r] = row.evaluated;
      converged[r] = unsplit[r] == 0;
    }
    var convergence = new Attribution.Convergence(gap, steps, converged, null);
    return q.answer(this, values, f, convergence, null, Map.of("unsplit parts", unsplit));
  }
}
