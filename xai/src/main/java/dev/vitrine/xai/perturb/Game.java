package dev.vitrine.xai.perturb;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Copies;
import dev.vitrine.xai.Question;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the predictor says when only some features of a row are known: v(S) = Σ_b w_b·f(x_S, b_S̄).
 * The features are the players of a cooperative game, and S are its coalitions (Štrumbelj and
 * Kononenko 2010; Lundberg and Lee 2017, section 2.3).
 *
 * <p>All coalitions of all rows are computed together. Copies of a row that hold the same numbers
 * are computed once, whatever coalitions and alternatives they come from.
 */
public final class Game {
  private final Question q;
  private final List<Row> rows = new ArrayList<>();

  /**
   * One row and its alternatives.
   *
   * @param elements those of each feature
   * @param marks for each alternative and feature: 0 where it holds what x holds, else a hash
   */
  private record Row(
      float[] x, Partition features, int[][] elements, Background background, long[][] marks) {
    static Row of(float[] x, Partition features, Background background) {
      int[][] elements = features.elements();
      float[][] alternatives = background.rows();
      long[][] marks = new long[alternatives.length][features.count()];
      for (int b = 0; b < marks.length; b++) {
        for (int i = 0; i < marks[b].length; i++) {
          marks[b][i] = mark(x, alternatives[b], i, elements[i]);
        }
      }
      return new Row(x, features, elements, background, marks);
    }

    private static long mark(float[] x, float[] b, int feature, int[] elements) {
      boolean same = true;
      long h = mix(feature + 1);
      for (int e : elements) {
        int bits = Float.floatToIntBits(b[e]);
        same &= bits == Float.floatToIntBits(x[e]);
        h = mix(h + bits);
      }
      return same ? 0 : h;
    }
  }

  private Game(Question q) {
    this.q = q;
  }

  public static Game of(Question q, Features features, Replacement replacement) {
    var game = new Game(q);
    var partitions = new ArrayList<Partition>();
    for (int r = 0; r < q.size(); r++) {
      Tensor row = q.x().rows(r, r + 1);
      partitions.add(features.of(row.reshape(row.shape().without(0))));
    }
    List<Background> backgrounds = replacement.of(q, partitions);
    float[] x = q.x().toFloats();
    int size = x.length / Math.max(q.size(), 1);
    for (int r = 0; r < q.size(); r++) {
      float[] row = Arrays.copyOfRange(x, r * size, (r + 1) * size);
      game.rows.add(Row.of(row, partitions.get(r), backgrounds.get(r)));
    }
    return game;
  }

  /** The rows that are explained. */
  public int rows() {
    return rows.size();
  }

  /** The features of a row. */
  public Partition features(int row) {
    return rows.get(row).features();
  }

  /** The row itself. */
  public float[] x(int row) {
    return rows.get(row).x();
  }

  /** What may stand in place of its features. */
  public Background background(int row) {
    return rows.get(row).background();
  }

  /** For each alternative and feature of a row: 0 where it holds what x holds, else a hash. */
  public long[][] marks(int row) {
    return rows.get(row).marks();
  }

  /** Features that some alternative holds other numbers for; all others change nothing. */
  public boolean[] varying(int row) {
    Row p = rows.get(row);
    boolean[] varying = new boolean[p.features().count()];
    for (long[] marks : p.marks()) {
      for (int i = 0; i < varying.length; i++) {
        varying[i] |= marks[i] != 0;
      }
    }
    return varying;
  }

  /** v of each coalition of each row. */
  public double[][] values(List<Coalitions> ofRows) {
    var distinct = new Distinct(ofRows);
    float[] f = q.explained(distinct);
    double[][] values = new double[rows.size()][];
    for (int r = 0, at = 0; r < values.length; r++) {
      Coalitions known = ofRows.get(r);
      Background background = rows.get(r).background();
      values[r] = new double[known.count()];
      for (int s = 0; s < values[r].length; s++) {
        double[] w = background.weights().when(known, s);
        for (double weight : w) {
          values[r][s] += weight * f[distinct.copies[at++]];
        }
      }
    }
    return values;
  }

  /** The copies that hold different numbers, found by hashing what they hold. */
  private final class Distinct implements Copies {
    private final List<Coalitions> known;

    /** For each (row, coalition, alternative) in that order: its copy. */
    final int[] copies;

    private int count;
    private int[] rowOf = new int[64];
    private int[] setOf = new int[64];
    private int[] alternativeOf = new int[64];

    Distinct(List<Coalitions> known) {
      this.known = known;
      int all = 0;
      for (int r = 0; r < rows.size(); r++) {
        int alternatives = rows.get(r).background().rows().length;
        all = Math.addExact(all, Math.multiplyExact(known.get(r).count(), alternatives));
      }
      this.copies = new int[all];
      for (int r = 0, at = 0; r < rows.size(); r++) {
        at = find(r, at);
      }
    }

    /** The copies of one row, from {@code at} on. */
    private int find(int r, int at) {
      long[][] marks = rows.get(r).marks();
      Coalitions sets = known.get(r);
      int slots = Integer.highestOneBit(Math.max(4, 4 * sets.count() * marks.length - 1));
      long[] hashes = new long[slots];
      int[] found = new int[slots];
      Arrays.fill(found, -1);
      for (int s = 0; s < sets.count(); s++) {
        for (int b = 0; b < marks.length; b++) {
          long h = hash(sets, s, marks[b]);
          int slot = (int) mix(h) & slots - 1;
          while (found[slot] >= 0 && (hashes[slot] != h || !same(found[slot], s, b))) {
            slot = slot + 1 & slots - 1;
          }
          if (found[slot] < 0) {
            hashes[slot] = h;
            found[slot] = append(r, s, b);
          }
          copies[at++] = found[slot];
        }
      }
      return at;
    }

    /** The same for the same contents, in whatever order they are looked at. */
    private long hash(Coalitions sets, int s, long[] marks) {
      long h = 0;
      for (int i = 0; i < marks.length; i++) {
        h ^= sets.has(s, i) ? 0 : marks[i];
      }
      return h;
    }

    /** Whether a copy holds the same numbers as alternative {@code b} of set {@code s}. */
    private boolean same(int copy, int s, int b) {
      int r = rowOf[copy];
      Row p = rows.get(r);
      Coalitions sets = known.get(r);
      float[] one = p.background().rows()[alternativeOf[copy]];
      float[] other = p.background().rows()[b];
      for (int i = 0; i < sets.players(); i++) {
        float[] from = sets.has(setOf[copy], i) ? p.x() : one;
        float[] to = sets.has(s, i) ? p.x() : other;
        for (int e = 0; e < p.elements()[i].length; e++) {
          int at = p.elements()[i][e];
          if (Float.floatToIntBits(from[at]) != Float.floatToIntBits(to[at])) {
            return false;
          }
        }
      }
      return true;
    }

    private int append(int r, int s, int b) {
      if (count == rowOf.length) {
        rowOf = Arrays.copyOf(rowOf, 2 * count);
        setOf = Arrays.copyOf(setOf, 2 * count);
        alternativeOf = Arrays.copyOf(alternativeOf, 2 * count);
      }
      rowOf[count] = r;
      setOf[count] = s;
      alternativeOf[count] = b;
      return count++;
    }

    @Override
    public int count() {
      return count;
    }

    @Override
    public int row(int c) {
      return rowOf[c];
    }

    @Override
    public void write(int c, float[] into, int at) {
      Row p = rows.get(rowOf[c]);
      Coalitions sets = known.get(rowOf[c]);
      int s = setOf[c];
      float[] b = p.background().rows()[alternativeOf[c]];
      int[] of = p.features().of();
      float[] x = p.x();
      for (int e = 0; e < of.length; e++) {
        into[at + e] = sets.has(s, of[e]) ? x[e] : b[e];
      }
    }
  }

  /** A bijection of 64-bit words without pattern (Stafford's variant 13 of MurmurHash3). */
  private static long mix(long h) {
    h = (h ^ h >>> 30) * 0xBF58476D1CE4E5B9L;
    h = (h ^ h >>> 27) * 0x94D049BB133111EBL;
    return h ^ h >>> 31;
  }
}
