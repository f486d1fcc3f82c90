package dev.vitrine.xai.chart;

import dev.vitrine.xai.inside.Activations;
import dev.vitrine.xai.inside.Histogram;
import dev.vitrine.xai.inside.Weights;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jfree.chart.LegendItem;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.plot.XYPlot;
import org.jfree.data.Range;

/**
 * How often numbers occur. Of activations, what belongs to units that are 0 in every row is marked;
 * a bar that would dwarf all others is cut and has its count written on it.
 */
public final class HistogramChart {
  /** A bar so many times as high as the next one is cut. */
  private static final double TOO_HIGH = 4;

  /** Numbers of dead units that are listed; of more only the count is given. */
  private static final int LISTED = 12;

  private HistogramChart() {}

  /** Of what a layer holds, with its dead units marked. */
  public static Chart of(Activations a) {
    int[] dead = a.dead();
    long zeros = 0;
    for (int unit : dead) {
      zeros += a.units().get(unit).count();
    }
    String units = dead.length + " of " + a.units().size() + " units are dead";
    Chart chart =
        draw(
            a.histogram(),
            "activations of " + a.place(),
            zeros,
            dead.length == 0 ? "" : marked(zeros, dead));
    return chart.titled("Activations of %s: %s".formatted(a.place(), units));
  }

  /** Of a parameter. */
  public static Chart of(Weights w) {
    return draw(w.histogram(), w.name(), 0, "").titled("Weights of " + w.name());
  }

  /**
   * Of anything.
   *
   * @param what the numbers are
   */
  public static Chart of(Histogram h, String what) {
    return draw(h, what, 0, "");
  }

  private static Chart draw(Histogram h, String what, long zeros, String marked) {
    double[] counts = Arrays.stream(h.counts()).asDoubleStream().toArray();
    double top = top(counts);
    Range across = new Span().with(h.low(), h.high()).exact();
    XYPlot plot =
        Theme.plot(
            Theme.numbers(what, new Span().with(h.low(), h.high()).padded(0.02)),
            Theme.numbers("count", new Range(0, Math.max(1, top * 1.08))));
    plot.setDomainGridlinesVisible(false);
    double[] edges = h.low() < h.high() ? h.edges() : even(across, counts.length);
    int zero = bin(h, 0);
    plot.addAnnotation(
        new Layer(pen -> {
          for (int k = 0; k < counts.length; k++) {
            bar(pen, edges, k, 0, counts[k], top, 0);
          }
          if (zeros > 0) {
            bar(pen, edges, zero, 0, zeros, top, 3);
          }
          for (int k = 0; k < counts.length; k++) {
            if (counts[k] > top) {
              over(pen, (edges[k] + edges[k + 1]) / 2, h.counts()[k]);
            }
          }
        }));
    if (!marked.isEmpty()) {
      plot.setFixedLegendItems(legend("all", marked));
    }
    long all = Arrays.stream(h.counts()).sum();
    String description =
        "A histogram of %d %s from %s to %s%s."
            .formatted(
                all,
                what,
                Figures.brief(h.low()),
                Figures.brief(h.high()),
                marked.isEmpty() ? "" : "; " + marked);
    return marked.isEmpty()
        ? new Chart("Histogram", description, 600, 360, plot)
        : new Chart("Histogram", description, 600, 390, plot, Theme.legend(plot));
  }

  private static String marked(long zeros, int[] dead) {
    return dead.length > LISTED
        ? "%d zeros of %d dead units".formatted(zeros, dead.length)
        : zeros
            + " zeros of dead units "
            + Arrays.stream(dead).mapToObj(String::valueOf).collect(Collectors.joining(", "));
  }

  /** How high the axis goes. */
  private static double top(double[] counts) {
    double[] sorted = counts.clone();
    Arrays.sort(sorted);
    double highest = sorted[sorted.length - 1];
    double next = sorted.length < 2 ? 0 : sorted[sorted.length - 2];
    return next > 0 && highest > TOO_HIGH * next ? 1.3 * next : highest;
  }

  private static int bin(Histogram h, double v) {
    double at = h.high() == h.low() ? 0 : (v - h.low()) / (h.high() - h.low()) * h.counts().length;
    return (int) Math.clamp(Math.floor(at), 0.0, h.counts().length - 1.0);
  }

  /** Of numbers that are all the same. */
  private static double[] even(Range r, int bins) {
    double[] edges = new double[bins + 1];
    Arrays.setAll(edges, k -> r.getLowerBound() + k * r.getLength() / bins);
    return edges;
  }

  private static void bar(
      Pen pen, double[] edges, int k, double from, double to, double top, int category) {
    double left = pen.x(edges[k]);
    double right = Math.max(pen.x(edges[k + 1]) - 1, left + 0.5);
    double high = pen.y(Math.min(to, top));
    pen.fill(
        Pen.rectangle(left, pen.y(from), right, high), Theme.pale(Theme.category(category), 0.75));
  }

  /** The count of a bar that goes on above the paper. */
  private static void over(Pen pen, double middle, long count) {
    String text = count + " ↑";
    double half = Fonts.width(text, Theme.SMALL) / 2;
    double px = Math.clamp(pen.x(middle), pen.area().getMinX() + half, pen.area().getMaxX() - half);
    pen.text(text, Theme.SMALL, Theme.INK, px, pen.area().getMinY() + 6, 0.5);
  }

  private static LegendItemCollection legend(String all, String marked) {
    var items = new LegendItemCollection();
    items.add(item(all, 0));
    items.add(item(marked, 3));
    return items;
  }

  private static LegendItem item(String name, int category) {
    return new LegendItem(
        Labels.fit(name, Theme.LABEL, 460),
        null,
        null,
        null,
        Theme.mark(0, 9),
        Theme.pale(Theme.category(category), 0.75));
  }
}
