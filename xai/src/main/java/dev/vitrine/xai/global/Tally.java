package dev.vitrine.xai.global;

import dev.vitrine.xai.global.AttributionSummary.Means;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * Attributions of rows, added up feature by feature. Parts that were made anywhere unite to the
 * same bits in any order: sums are exact, see {@link ExactSum}.
 */
public final class Tally {
  private final ExactSum[] sum;
  private final ExactSum[] amount;
  private final ExactSum[] squares;
  private long rows;

  /** Of no rows yet, which have so many features. */
  public Tally(int features) {
    this(new ExactSum[features], new ExactSum[features], new ExactSum[features], 0);
    for (int j = 0; j < features; j++) {
      sum[j] = new ExactSum();
      amount[j] = new ExactSum();
      squares[j] = new ExactSum();
    }
  }

  private Tally(ExactSum[] sum, ExactSum[] amount, ExactSum[] squares, long rows) {
    this.sum = sum;
    this.amount = amount;
    this.squares = squares;
    this.rows = rows;
  }

  /** Adds a row. */
  public void add(double... row) {
    refuse(row.length);
    for (int j = 0; j < row.length; j++) {
      sum[j].add(row[j]);
      amount[j].add(Math.abs(row[j]));
      squares[j].addSquare(row[j]);
    }
    rows++;
  }

  /** Adds a row. */
  public void add(float[] row) {
    double[] values = new double[row.length];
    for (int j = 0; j < row.length; j++) {
      values[j] = row[j];
    }
    add(values);
  }

  /** Adds the rows of another part. */
  public void add(Tally other) {
    refuse(other.sum.length);
    for (int j = 0; j < sum.length; j++) {
      sum[j].add(other.sum[j]);
      amount[j].add(other.amount[j]);
      squares[j].add(other.squares[j]);
    }
    rows += other.rows;
  }

  private void refuse(int features) {
    if (features != sum.length) {
      throw new IllegalArgumentException(
          "a row of %d features among rows of %d".formatted(features, sum.length));
    }
  }

  /** Means of the rows and their standard errors. */
  public Means means() {
    return new Means(
        Math.toIntExact(rows),
        each(sum, s -> s.value() / rows),
        errors(sum),
        each(amount, s -> s.value() / rows),
        errors(amount));
  }

  private static double[] each(ExactSum[] sums, ToDoubleFunction<ExactSum> f) {
    return Stream.of(sums).mapToDouble(f).toArray();
  }

  /** √((n·Σv² − (Σv)²)/(n²(n − 1))). */
  private double[] errors(ExactSum[] sums) {
    double[] errors = new double[sums.length];
    for (int j = 0; j < errors.length; j++) {
      double variance = ExactSum.spread(rows, sums[j], squares[j]) / rows / (rows - 1);
      errors[j] = Math.sqrt(variance / rows);
    }
    return errors;
  }

  /** Writes what {@link #read} reads. */
  public void write(DataOutput out) throws IOException {
    out.writeLong(rows);
    out.writeInt(sum.length);
    for (ExactSum[] sums : new ExactSum[][] {sum, amount, squares}) {
      for (ExactSum s : sums) {
        s.write(out);
      }
    }
  }

  /** A tally that was written. */
  public static Tally read(DataInput in) throws IOException {
    long rows = in.readLong();
    int n = in.readInt();
    var sums = new ExactSum[3][n];
    for (ExactSum[] some : sums) {
      for (int j = 0; j < n; j++) {
        some[j] = ExactSum.read(in);
      }
    }
    return new Tally(sums[0], sums[1], sums[2], rows);
  }
}
