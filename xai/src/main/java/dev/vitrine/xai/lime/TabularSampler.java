package dev.vitrine.xai.lime;

import dev.vitrine.tensor.Philox;
import dev.vitrine.xai.lime.TrainingTable.Bin;
import dev.vitrine.xai.lime.TrainingTable.Column;

/**
 * Draws samples around a row of a table, and says what a surrogate sees of them.
 *
 * <p>Sample 0 is the row itself. Each number depends on (seed, row number, sample, column) alone.
 */
enum TabularSampler {
  /**
   * Quartile bins: a bin is drawn by its share of the table and a value in it from a normal
   * distribution that is cut at its borders; the surrogate sees whether the bin is the row's.
   */
  BINS {
    @Override
    double value(TrainingTable table, int j, float x, Draw d) {
      if (!(table.column(j) instanceof Column.Numeric n)) {
        return category(table, j, d);
      }
      double u = d.uniform(0);
      int b = 0;
      while (b < n.bins().length - 1 && (u -= n.bins()[b].share()) >= 0) {
        b++;
      }
      return b == n.bin(x) && n.bins()[b].share() == 0 ? x : inside(n.bins()[b], d);
    }

    @Override
    double seen(TrainingTable table, int j, float x, double value) {
      boolean same =
          table.column(j) instanceof Column.Numeric n ? n.bin(x) == n.bin(value) : x == value;
      return same ? 1 : 0;
    }
  },
  /** Normal around the mean of each column; the surrogate sees standardised values. */
  AROUND_MEAN {
    @Override
    double value(TrainingTable table, int j, float x, Draw d) {
      return table.column(j) instanceof Column.Numeric n
          ? n.mean() + d.normal(0) * n.deviation()
          : category(table, j, d);
    }

    @Override
    double seen(TrainingTable table, int j, float x, double value) {
      return standardised(table, j, x, value);
    }
  },
  /** Normal around the row; the surrogate sees standardised values. */
  AROUND_ROW {
    @Override
    double value(TrainingTable table, int j, float x, Draw d) {
      return table.column(j) instanceof Column.Numeric n
          ? x + d.normal(0) * n.deviation()
          : category(table, j, d);
    }

    @Override
    double seen(TrainingTable table, int j, float x, double value) {
      return standardised(table, j, x, value);
    }
  };

  /** Tries to hit a bin before a value in it is drawn uniformly. */
  private static final int TRIES = 64;

  /** The random numbers of one element of one sample. */
  record Draw(long key, int sample, int column) {
    double uniform(int attempt) {
      return Philox.uniform53(Philox.pair(key, column, sample, attempt, 0, 0));
    }

    double normal(int attempt) {
      return Philox.normalAt(key, 1, attempt, sample, column);
    }
  }

  /** What column {@code j} of the sample holds, {@code x} being what the row holds. */
  abstract double value(TrainingTable table, int j, float x, Draw d);

  /** What the surrogate sees of it. */
  abstract double seen(TrainingTable table, int j, float x, double value);

  private static double category(TrainingTable table, int j, Draw d) {
    var c = (Column.Categories) table.column(j);
    double u = d.uniform(0);
    int k = 0;
    while (k < c.values().length - 1 && (u -= c.shares()[k]) >= 0) {
      k++;
    }
    return c.values()[k];
  }

  private static double inside(Bin bin, Draw d) {
    for (int attempt = 0; bin.deviation() > 0 && attempt < TRIES; attempt++) {
      double v = bin.mean() + bin.deviation() * d.normal(attempt);
      if (v > bin.low() && v <= bin.high()) {
        return v;
      }
    }
    return bin.low() + (1 - d.uniform(1)) * (bin.high() - bin.low());
  }

  private static double standardised(TrainingTable table, int j, float x, double value) {
    return switch (table.column(j)) {
      case Column.Numeric n -> (value - n.mean()) / table.scale(j);
      case Column.Categories c -> value == x ? 1 : 0;
    };
  }
}
