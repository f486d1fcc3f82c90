package dev.vitrine.xai.example;

import dev.vitrine.tensor.Philox;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.io.TensorHash;
import dev.vitrine.xai.Question;
import dev.vitrine.xai.lime.TrainingTable;
import dev.vitrine.xai.perturb.Partition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** See {@link Conditions#table}. */
final class TableConditions implements Conditions {
  private final TrainingTable table;
  private final float[] values;
  private final int rows;
  private final List<String> names;
  private final String hash;

  /** For each column and bin, the rows that are in it. */
  private final Inside[][] inside;

  /** Rows of the table, as a set and as a list. */
  private record Inside(BitSet set, int[] list) {
    static Inside of(BitSet set) {
      return new Inside(set, set.stream().toArray());
    }
  }

  private TableConditions(TrainingTable table, Tensor rows, List<String> names) {
    this.table = table;
    this.values = rows.toFloats();
    this.rows = rows.shape().dim(0);
    this.names = names;
    this.hash = TensorHash.of(rows).substring(0, 16);
    this.inside = new Inside[table.width()][];
    Arrays.setAll(inside, this::inside);
  }

  static TableConditions of(Tensor rows, Set<Integer> categorical, String... names) {
    var table = TrainingTable.of(rows, categorical);
    if (names.length != 0 && names.length != table.width()) {
      throw new IllegalArgumentException(
          "%d names for %d columns: give one for each, or none"
              .formatted(names.length, table.width()));
    }
    return new TableConditions(table, rows, List.of(names));
  }

  private Inside[] inside(int j) {
    BitSet[] sets = new BitSet[table.bins(j)];
    Arrays.setAll(sets, b -> new BitSet(rows));
    for (int t = 0; t < rows; t++) {
      sets[table.bin(j, value(t, j))].set(t);
    }
    return Arrays.stream(sets).map(Inside::of).toArray(Inside[]::new);
  }

  private float value(int t, int j) {
    return values[t * table.width() + j];
  }

  @Override
  public List<OfRow> of(Question q) {
    if (q.x().shape().rank() != 2 || q.x().shape().dim(1) != table.width()) {
      throw new IllegalArgumentException(
          "rows %s for a table with %d columns: they need as many"
              .formatted(q.x().shape(), table.width()));
    }
    var all = new ArrayList<OfRow>();
    for (int r = 0; r < q.size(); r++) {
      all.add(new Row(q.x().rows(r, r + 1).toFloats()));
    }
    return all;
  }

  private final class Row implements OfRow {
    private final float[] x;

    /** For each column, the rows of the table that are in the bin of x. */
    private final Inside[] alike;

    Row(float[] x) {
      this.x = x;
      this.alike =
          IntStream.range(0, x.length).mapToObj(j -> alike(j, x[j])).toArray(Inside[]::new);
    }

    private Inside alike(int j, float v) {
      int bin = table.bin(j, v);
      return bin < 0 ? Inside.of(new BitSet()) : inside[j][bin];
    }

    @Override
    public Partition features() {
      return Partition.each(x.length);
    }

    @Override
    public String text(int j) {
      return table.condition(j, x[j], names.isEmpty() ? "x" + j : names.get(j));
    }

    @Override
    public double coverage(BitSet rule) {
      var covered = new BitSet(rows);
      covered.set(0, rows);
      rule.stream().forEach(j -> covered.and(alike[j].set()));
      return (double) covered.cardinality() / rows;
    }

    @Override
    public void draw(BitSet rule, long key, int sample, float[] into, int at) {
      int t = Philox.below(rows, key, 0, 0, sample);
      for (int j = 0; j < x.length; j++) {
        boolean right = !rule.get(j) || alike[j].set().get(t);
        into[at + j] = right ? value(t, j) : other(j, key, sample);
      }
    }

    /** A value like that of x: of another row of the table, or its own if there is none. */
    private float other(int j, long key, int sample) {
      int[] list = alike[j].list();
      return list.length == 0 ? x[j] : value(list[Philox.below(list.length, key, 1, j, sample)], j);
    }
  }

  @Override
  public String toString() {
    return "table " + hash;
  }
}
