package dev.vitrine.xai.shapley;

import dev.vitrine.xai.Copies;
import dev.vitrine.xai.Question;
import dev.vitrine.xai.perturb.Background;
import dev.vitrine.xai.perturb.Coalitions;
import dev.vitrine.xai.perturb.Game;
import dev.vitrine.xai.perturb.Partition;

/**
 * v of all 2^M coalitions of one row, each different copy computed once.
 *
 * <p>Where an alternative b holds the same as x, knowing changes nothing: S and S ∪ {i : x_i = b_i}
 * are one copy. So the sets C of features that hold what x holds are walked, in Gray-code order:
 * one feature changes from one to the next, and with it one term of a hash of what each alternative
 * holds elsewhere, by which equal copies of a set find each other.
 */
final class AllCoalitions implements Copies {
  /** Sets that are computed together. */
  private static final int TOGETHER = 1 << 12;

  private final int row;
  private final float[] x;
  private final float[][] alternatives;
  private final Partition features;
  private final int[][] elements;

  /** For each alternative: the features in which it holds what x holds. */
  private final int[] agreeing;

  /** For each alternative and feature: a mark of what it holds there. */
  private final long[][] marks;

  private int count;
  private final int[] sets;
  private final int[] held;

  /** For each (set, alternative) of those computed together: its copy, or −1. */
  private final int[] copies;

  private AllCoalitions(int row, Game game) {
    this.row = row;
    this.x = game.x(row);
    this.alternatives = game.background(row).rows();
    this.features = game.features(row);
    this.elements = features.elements();
    this.marks = game.marks(row);
    this.agreeing = new int[alternatives.length];
    for (int b = 0; b < agreeing.length; b++) {
      for (int i = 0; i < features.count(); i++) {
        agreeing[b] |= marks[b][i] == 0 ? 1 << i : 0;
      }
    }
    int most = Math.multiplyExact(Math.min(TOGETHER, 1 << features.count()), alternatives.length);
    this.sets = new int[most];
    this.held = new int[most];
    this.copies = new int[most];
  }

  /** v by coalition: bit i of the index says whether feature i is known. */
  static double[] values(Question q, Game game, int row) {
    int players = game.features(row).count();
    if (players > ExactShapley.MOST_PLAYERS) {
      throw new IllegalArgumentException(
          "%d features have 2^%d coalitions: at most %d features can be enumerated, ShapleySampling"
                  .formatted(players, players, ExactShapley.MOST_PLAYERS)
              + " and KernelShap estimate more");
    }
    double[] v = new double[1 << players];
    var all = new AllCoalitions(row, game);
    double[][] weights = weights(game.background(row), players);
    long[] hashes = new long[all.alternatives.length];
    for (int b = 0; b < hashes.length; b++) {
      for (long mark : all.marks[b]) {
        hashes[b] ^= mark;
      }
    }
    int step = Math.min(TOGETHER, v.length);
    for (int from = 0; from < v.length; from += step) {
      all.find(from, from + step, hashes);
      float[] f = q.explained(all);
      all.add(from, from + step, f, weights, v);
    }
    return v;
  }

  /** Of each coalition, or one for all if they don't depend on it. */
  private static double[][] weights(Background background, int players) {
    var empty = new Coalitions(players);
    empty.add();
    if (!background.weights().vary()) {
      return new double[][] {background.weights().when(empty, 0)};
    }
    double[][] all = new double[1 << players][];
    for (int s = 0; s < all.length; s++) {
      var known = new Coalitions(players);
      known.add();
      for (int i = 0; i < players; i++) {
        if ((s >>> i & 1) != 0) {
          known.put(0, i);
        }
      }
      all[s] = background.weights().when(known, 0);
    }
    return all;
  }

  private static int gray(int k) {
    return k ^ k >>> 1;
  }

  /** The different copies of sets number {@code from} to {@code to} of the walk. */
  private void find(int from, int to, long[] hashes) {
    count = 0;
    for (int k = from; k < to; k++) {
      int set = gray(k);
      if (k > 0) {
        int changed = Integer.numberOfTrailingZeros(k);
        for (int b = 0; b < hashes.length; b++) {
          hashes[b] ^= marks[b][changed];
        }
      }
      int first = count;
      for (int b = 0; b < hashes.length; b++) {
        boolean possible = (agreeing[b] & ~set) == 0;
        copies[(k - from) * hashes.length + b] = possible ? copy(set, b, hashes, first) : -1;
      }
    }
  }

  /** A copy of this set that holds the same, or a new one. */
  private int copy(int set, int b, long[] hashes, int first) {
    for (int c = first; c < count; c++) {
      if (hashes[held[c]] == hashes[b] && same(set, held[c], b)) {
        return c;
      }
    }
    sets[count] = set;
    held[count] = b;
    return count++;
  }

  private boolean same(int set, int a, int b) {
    for (int i = 0; i < elements.length; i++) {
      if ((set >>> i & 1) == 0) {
        for (int e : elements[i]) {
          if (Float.floatToIntBits(alternatives[a][e])
              != Float.floatToIntBits(alternatives[b][e])) {
            return false;
          }
        }
      }
    }
    return true;
  }

  /** Adds what was said of a copy to all coalitions that lead to it. */
  private void add(int from, int to, float[] f, double[][] weights, double[] v) {
    for (int k = from; k < to; k++) {
      int set = gray(k);
      for (int b = 0; b < agreeing.length; b++) {
        int copy = copies[(k - from) * agreeing.length + b];
        if (copy < 0) {
          continue;
        }
        // every S with S ∪ agreeing = set: the agreeing features may be known or not
        int free = agreeing[b];
        int some = free;
        do {
          int s = set & ~some;
          v[s] += weights[weights.length == 1 ? 0 : s][b] * f[copy];
          some = (some - 1) & free;
        } while (some != free);
      }
    }
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public int row(int c) {
    return row;
  }

  @Override
  public void write(int c, float[] into, int at) {
    int set = sets[c];
    float[] b = alternatives[held[c]];
    int[] of = features.of();
    for (int e = 0; e < of.length; e++) {
      into[at + e] = (set >>> of[e] & 1) != 0 ? x[e] : b[e];
    }
  }
}
