package dev.vitrine.bench.studio;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.example.Change;
import dev.vitrine.xai.example.Counterfactual;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The nearest change of a row that makes the model say another class, within the training range.
 *
 * <p>Numbers change together; of the categories one may change as well, which counts as much as a
 * median absolute deviation of a number. Numbers are rounded to what the page writes where that
 * still changes the class, so that what is read is what was tried.
 */
final class NearestChange implements Answer {
  private static final double SWITCH = 1;

  /** Of outputs: a smaller lead can be lost in the rounding of probabilities. */
  private static final double MARGIN = 1e-3;

  private final Lanes lanes;

  NearestChange(Lanes lanes) {
    this.lanes = lanes;
  }

  /**
   * @param x the changed row, the row itself if none was found
   * @param columns that changed
   */
  record Changed(boolean found, double[] x, List<Integer> columns, int before, int after) {}

  private record Work(String exhibit) {}

  @Override
  public Changed to(Asked asked) {
    Columns columns = asked.showcase().columns();
    if (columns == null) {
      throw new IllegalArgumentException("changes are sought for tables; these are images");
    }
    if (asked.showcase().classes().isEmpty()) {
      throw new IllegalArgumentException("changes are sought of a class; this model gives values");
    }
    Exhibit exhibit = asked.exhibit();
    double[] row = columns.encoding().decode(asked.x().toFloats());
    return lanes
        .run(
            new Work(exhibit.name()),
            () -> new Search(asked.showcase(), columns, exhibit, row).nearest())
        .result();
  }

  private record Search(Showcase showcase, Columns columns, Exhibit exhibit, double[] row) {
    Changed nearest() {
      List<double[]> rows = rows();
      int[] said = said(rows);
      int before = said[0];
      double[] best = row;
      double least = Double.POSITIVE_INFINITY;
      var open = new ArrayList<double[]>();
      for (int i = 0; i < said.length; i++) {
        if (said[i] == before) {
          open.add(rows.get(i));
        } else if (SWITCH < least) {
          least = SWITCH;
          best = rows.get(i);
        }
      }
      List<Change> changes = search().find(exhibit.closer(), encoded(open));
      for (int i = 0; i < changes.size(); i++) {
        Change change = changes.get(i);
        double cost = change.distance() + (i == 0 ? 0 : SWITCH); // the row itself comes first
        if (change.found() && cost < least) {
          least = cost;
          best = columns.encoding().decode(change.row().toFloats());
        }
      }
      double[] rounded = rounded(best);
      int[] after = said(List.of(best, rounded));
      double[] taken = after[0] == after[1] ? rounded : best;
      List<Integer> changed =
          IntStream.range(0, row.length).filter(j -> taken[j] != row[j]).boxed().toList();
      return new Changed(least < Double.POSITIVE_INFINITY, taken, changed, before, after[0]);
    }

    /** The row, and it with each other category. */
    private List<double[]> rows() {
      var rows = new ArrayList<double[]>(List.of(row));
      for (int j = 0; j < row.length; j++) {
        for (int c = 0; c < columns.all().get(j).categories().size(); c++) {
          if (c != row[j]) {
            double[] other = row.clone();
            other[j] = c;
            rows.add(other);
          }
        }
      }
      return rows;
    }

    private Tensor encoded(List<double[]> rows) {
      int width = Math.toIntExact(showcase.row().size());
      float[] all = new float[rows.size() * width];
      for (int i = 0; i < rows.size(); i++) {
        System.arraycopy(columns.encoding().encode(rows.get(i)), 0, all, i * width, width);
      }
      return Tensor.of(showcase.row().with(0, rows.size()), all);
    }

    private int[] said(List<double[]> rows) {
      float[][] all = exhibit.said(exhibit.closer(), encoded(rows), showcase);
      return IntStream.range(0, all.length).map(i -> Exhibit.largest(all[i])).toArray();
    }

    private Counterfactual search() {
      float[] low = columns.encoding().encode(ends(true));
      float[] high = columns.encoding().encode(ends(false));
      var search = Counterfactual.of(showcase.reference().data()).margin(MARGIN);
      for (int j = 0; j < row.length; j++) {
        int at = showcase.starts()[j];
        if (columns.all().get(j).isNumber()) {
          search = search.between(at, low[at], high[at]);
        } else {
          search = search.fixed(IntStream.range(at, showcase.starts()[j + 1]).toArray());
        }
      }
      return search;
    }

    /** The training range; what lies beyond it may stay there. */
    private double[] ends(boolean low) {
      double[] ends = new double[row.length];
      for (int j = 0; j < ends.length; j++) {
        Columns.Shown c = columns.all().get(j);
        ends[j] = low ? Math.min(c.low(), row[j]) : Math.max(c.high(), row[j]);
      }
      return ends;
    }

    /** Away from the row, to the decimals that are shown. */
    private double[] rounded(double[] to) {
      double[] low = ends(true);
      double[] high = ends(false);
      double[] all = to.clone();
      for (int j = 0; j < all.length; j++) {
        Columns.Shown c = columns.all().get(j);
        if (to[j] != row[j] && c.isNumber()) {
          var way = to[j] > row[j] ? RoundingMode.CEILING : RoundingMode.FLOOR;
          double shown = new BigDecimal(to[j]).setScale(c.decimals(), way).doubleValue();
          all[j] = Math.clamp(shown, low[j], high[j]);
        }
      }
      return all;
    }
  }
}
