package dev.vitrine.xai.chart;

import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Ledger;
import java.awt.Color;
import java.awt.geom.Path2D;
import java.util.ArrayList;
import java.util.List;
import org.jfree.chart.LegendItem;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.plot.XYPlot;

/**
 * Where relevance goes, node by node from the output down: a band as wide as what comes to a node
 * and what it sends on. What a bias or a stabiliser takes leaves at the side, what they add comes
 * in there: in = out + bias + stabiliser + lost.
 */
public final class LedgerFlow {
  private static final int ROW = 44;
  private static final int AROUND = 122;
  private static final int MOST_NODES = 150;

  /** Amounts smaller than this share of the widest band are rounding, or not to be seen. */
  private static final double SMALL = 1e-3;

  /** Half a node, in rows. */
  private static final double HALF = 0.3;

  /** What words beside the bands take, as a share of the widest one. */
  private static final double BESIDE = 0.62;

  /** Pixels to the side. */
  private static final double ASIDE = 22;

  /** From the middle of a row to the words beside it. */
  private static final double LINE = 10;

  private static final List<String> KINDS = List.of("bias", "stabiliser", "lost");

  private LedgerFlow() {}

  /** What comes to a node, what it sends on, and what is taken, by kind. */
  private record Node(String name, double in, double out, double[] taken) {}

  /** Of one row of an attribution that kept account. */
  public static Chart of(Attribution attribution, int row) {
    Ledger ledger = attribution.ledger();
    if (ledger == null) {
      throw new IllegalArgumentException(
          "%s kept no account: ask for it with withLedger(), which LRP and DeepLIFT have"
              .formatted(attribution.provenance().method()));
    }
    return of(ledger, row);
  }

  /** Of one row. */
  public static Chart of(Ledger ledger, int row) {
    List<Node> nodes = nodes(ledger, row);
    double explained = nodes.getFirst().in();
    double left = explained;
    double widest = 0;
    var names = new ArrayList<String>();
    var values = new ArrayList<String>();
    var span = new Span().with(0);
    for (Node n : nodes) {
      names.add(n.name());
      values.add(Figures.brief(n.in()));
      widest = Math.max(widest, Math.max(Math.abs(n.in()), Math.abs(n.out())));
      span.with(n.in(), n.out());
      for (double t : n.taken()) {
        left -= t;
      }
    }
    double attributed = left;
    names.add("attributed");
    values.add(Figures.brief(attributed));
    span.with(attributed);
    double least = SMALL * widest;
    boolean negative = span.exact().getLowerBound() < 0;
    boolean positive = span.exact().getUpperBound() > 0;
    XYPlot plot =
        Theme.plot(
            Theme.numbers(
                "relevance", span.padded(negative ? BESIDE : 0.02, positive ? BESIDE : 0.02)),
            Theme.rows(names));
    plot.setRangeGridlinesVisible(false);
    Theme.values(plot, values);
    plot.addAnnotation(new Layer(pen -> draw(pen, nodes, attributed, least)));
    plot.setFixedLegendItems(legend());
    return new Chart(
        "Relevance of row " + row,
        "Relevance %s flows through %d nodes; %s is attributed, biases take %s and stabilisers %s."
            .formatted(
                Figures.brief(explained),
                nodes.size(),
                Figures.brief(attributed),
                Figures.brief(ledger.bias(row)),
                Figures.brief(ledger.stabiliser(row))),
        Rows.WIDTH,
        AROUND + ROW * names.size(),
        plot,
        Theme.legend(plot));
  }

  private static List<Node> nodes(Ledger ledger, int row) {
    int n = ledger.lines().size();
    if (n == 0 || n > MOST_NODES) {
      throw new IllegalArgumentException(
          "a ledger of %d nodes: 1 to %d can be drawn; make one of fewer lines"
              .formatted(n, MOST_NODES));
    }
    int rows = ledger.lines().getFirst().in().length;
    if (row < 0 || row >= rows) {
      throw new IllegalArgumentException(
          "row %d of %d: rows count from 0 to %d".formatted(row, rows, rows - 1));
    }
    var nodes = new ArrayList<Node>();
    for (Ledger.Line l : ledger.lines()) {
      double lost = l.lost(row);
      if (!Double.isFinite(lost)) {
        throw new IllegalArgumentException(
            "row %d: at \"%s\" comes %s and goes %s, which is no flow; leave the row out"
                .formatted(row, l.node(), l.in()[row], l.out()[row]));
      }
      double[] taken = {l.bias()[row], l.stabiliser()[row], lost};
      nodes.add(new Node(l.node(), l.in()[row], l.out()[row], taken));
    }
    return nodes;
  }

  private static LegendItemCollection legend() {
    var items = new LegendItemCollection();
    for (int k = 0; k < KINDS.size(); k++) {
      items.add(new LegendItem(KINDS.get(k), null, null, null, Theme.mark(8, 10), color(k)));
    }
    return items;
  }

  private static Color color(int kind) {
    return kind == 2 ? Theme.NAN : Theme.category(kind + 1);
  }

  private static void draw(Pen pen, List<Node> nodes, double attributed, double least) {
    for (int i = 0; i < nodes.size(); i++) {
      Node n = nodes.get(i);
      boolean last = i + 1 == nodes.size();
      double next = last ? attributed : nodes.get(i + 1).in();
      Color sent = Theme.pale(Theme.signed(n.out()), 0.25);
      band(pen, n.out(), i + HALF, next, i + 1 - (last ? 0 : HALF), sent);
    }
    for (int i = 0; i < nodes.size(); i++) {
      node(pen, nodes.get(i), i, least);
    }
    double px = pen.x(attributed);
    double y = pen.y(nodes.size());
    pen.fill(Pen.rectangle(pen.x(0), y - 1, px, y + 3), Theme.INK);
    double zero = pen.x(0);
    pen.line(zero, pen.area().getMinY(), zero, pen.area().getMaxY(), Theme.FAINT, Theme.HAIRLINE);
  }

  /** From 0 to a value above, from 0 to another below. */
  private static void band(Pen pen, double above, double top, double below, double foot, Color c) {
    quad(pen, pen.x(0), pen.x(above), pen.y(top), pen.x(0), pen.x(below), pen.y(foot), c);
  }

  private static void quad(
      Pen pen, double l0, double r0, double top, double l1, double r1, double foot, Color c) {
    var shape = new Path2D.Double();
    double middle = (top + foot) / 2;
    shape.moveTo(l0, top);
    shape.lineTo(r0, top);
    shape.curveTo(r0, middle, r1, middle, r1, foot);
    shape.lineTo(l1, foot);
    shape.curveTo(l1, middle, l0, middle, l0, top);
    shape.closePath();
    pen.fill(shape, c);
  }

  /** What stays goes straight down; what is taken leaves above the middle, what is added below. */
  private static void node(Pen pen, Node n, int row, double least) {
    double core = n.in();
    for (double t : n.taken()) {
      core -= leaves(n, t) ? t : 0;
    }
    Color color = Theme.pale(Theme.signed(n.in()), 0.75);
    band(pen, core, row - HALF, core, row + HALF, color);
    double side = ASIDE * (n.in() < 0 ? -1 : 1);
    double from = core;
    double to = core;
    double edge = core;
    var words = new ArrayList<String>();
    for (int k = 0; k < n.taken().length; k++) {
      double t = n.taken()[k];
      double end = leaves(n, t) ? from + t : to - t;
      if (Math.abs(t) >= least) {
        double x0 = pen.x(leaves(n, t) ? from : to);
        double x1 = pen.x(end);
        double outer = leaves(n, t) ? pen.y(row - HALF) : pen.y(row + HALF);
        quad(pen, x0, x1, outer, x0 + side, x1 + side, pen.y(row), color(k));
        words.add(KINDS.get(k) + " " + Figures.brief(t));
        edge = n.in() < 0 ? Math.min(edge, end) : Math.max(edge, end);
      }
      if (leaves(n, t)) {
        from = end;
      } else {
        to = end;
      }
    }
    String text = String.join(", ", words);
    double wide = Fonts.width(text, Theme.SMALL);
    double px = pen.x(edge) + side + (n.in() < 0 ? -6 - wide : 6);
    px =
        Math.clamp(
            px, pen.area().getMinX(), Math.max(pen.area().getMinX(), pen.area().getMaxX() - wide));
    // In the half of the row that the flow leaves free, if it does.
    boolean above = from == core;
    boolean below = to == core;
    double y = pen.y(row) + (above == below ? 0 : above ? -LINE : LINE);
    pen.text(text, Theme.SMALL, Theme.INK, px, y, 0);
  }

  /** A share of the same sign as what came; one of the other sign is added to it. */
  private static boolean leaves(Node n, double taken) {
    return n.in() < 0 ? taken < 0 : taken > 0;
  }
}
