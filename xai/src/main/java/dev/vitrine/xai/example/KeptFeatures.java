package dev.vitrine.xai.example;

import dev.vitrine.tensor.Philox;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Baseline;
import dev.vitrine.xai.Question;
import dev.vitrine.xai.perturb.Features;
import dev.vitrine.xai.perturb.Partition;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** See {@link Conditions#kept}. A rule of k features covers 2⁻ᵏ of what is drawn. */
record KeptFeatures(Features features, Baseline hidden, List<String> names) implements Conditions {
  @Override
  public List<OfRow> of(Question q) {
    Tensor others = hidden.rows(q.x(), q.numbers(), q.memory());
    var all = new ArrayList<OfRow>();
    for (int r = 0; r < q.size(); r++) {
      Tensor row = q.x().rows(r, r + 1);
      Partition own = features.of(row.reshape(row.shape().without(0)));
      if (!names.isEmpty() && names.size() != own.count()) {
        throw new IllegalArgumentException(
            "%d names for %d features of row %d: give one for each, or none"
                .formatted(names.size(), own.count(), q.numbers()[r]));
      }
      all.add(new Row(own, names, row.toFloats(), others.rows(r, r + 1).toFloats()));
    }
    return all;
  }

  private record Row(Partition features, List<String> names, float[] x, float[] other)
      implements OfRow {
    @Override
    public String text(int condition) {
      return names.isEmpty() ? "feature " + condition : names.get(condition);
    }

    @Override
    public double coverage(BitSet rule) {
      return StrictMath.scalb(1.0, -rule.cardinality());
    }

    @Override
    public void draw(BitSet rule, long key, int sample, float[] into, int at) {
      boolean[] kept = new boolean[features.count()];
      long coins = 0;
      for (int f = 0; f < kept.length; f++) {
        if (f % Long.SIZE == 0) {
          coins = Philox.pair(key, f / Long.SIZE, sample, 0, 0, 0);
        }
        kept[f] = rule.get(f) || (coins >>> f & 1) != 0;
      }
      for (int e = 0; e < x.length; e++) {
        into[at + e] = kept[features.of()[e]] ? x[e] : other[e];
      }
    }
  }

  @Override
  public String toString() {
    return "kept: %s, else %s".formatted(features, hidden);
  }
}
