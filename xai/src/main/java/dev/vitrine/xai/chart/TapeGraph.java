package dev.vitrine.xai.chart;

import dev.vitrine.autodiff.Leaf;
import dev.vitrine.autodiff.Node;
import dev.vitrine.autodiff.Tape;
import dev.vitrine.autodiff.Var;
import dev.vitrine.tensor.DType;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Stroke;
import java.awt.geom.Path2D;
import java.awt.geom.RoundRectangle2D;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jfree.chart.plot.XYPlot;
import org.jfree.data.Range;

/**
 * A tape from top to bottom, as it was recorded: op, layer, shape and bytes of each node, the
 * parameters beside the ops that read them. What skips nodes runs at the left.
 */
public final class TapeGraph {
  private static final int ROW = 34;
  private static final int AROUND = 76;
  private static final int MOST_NODES = 230;
  private static final int WIDTH = 860;

  private static final Font OP = Fonts.BOLD.deriveFont(12f);

  /** Pixels: a box, each way; where columns begin right of it; a line at the side. */
  private static final double BOX = 210;

  private static final double HIGH = 24;
  private static final double SHAPE = 12;
  private static final double BYTES = 190;
  private static final double TIME = 285;
  private static final double READS = 30;
  private static final double LANE = 11;
  private static final double MOST_LANES = 130;

  private static final Stroke EDGE =
      new BasicStroke(1.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND);

  private TapeGraph() {}

  /**
   * A node of the graph.
   *
   * @param in rows that it reads
   * @param reads what it reads besides, as text
   * @param time microseconds; NaN if nobody measured
   */
  private record Box(Node node, List<Integer> in, String reads, double time) {}

  /** Lines from one row to others that don't follow it, in one lane. */
  private record Skip(int from, List<Integer> to, int lane) {
    int last() {
      return to.getLast();
    }
  }

  /** Of all that a tape holds. */
  public static Chart of(Tape tape) {
    return of(tape.nodes());
  }

  /** Of some of its nodes, in their order; what they read of the others is named beside them. */
  public static Chart of(List<Node> nodes) {
    return of(nodes, Map.of());
  }

  /**
   * The same with times.
   *
   * @param microseconds that a node takes; nodes without one have none
   */
  public static Chart of(List<Node> nodes, Map<Node, Double> microseconds) {
    List<Box> boxes = boxes(nodes, microseconds);
    if (boxes.isEmpty() || boxes.size() > MOST_NODES) {
      throw new IllegalArgumentException(
          "%d nodes besides parameters and constants: 1 to %d can be drawn; give a part of"
                  .formatted(boxes.size(), MOST_NODES)
              + " tape.nodes()");
    }
    List<Skip> skips = skips(boxes);
    XYPlot plot = Theme.empty(new Range(0, 1), new Range(-1, boxes.size() - 0.4));
    boolean timed = boxes.stream().anyMatch(b -> !Double.isNaN(b.time()));
    plot.addAnnotation(new Layer(pen -> draw(pen, boxes, skips, timed)));
    long bytes = boxes.stream().mapToLong(b -> bytes(b.node())).sum();
    return new Chart(
        "Tape",
        "%d nodes from top to bottom, from %s to %s, with values of %s; lines that skip nodes: %d."
            .formatted(
                boxes.size(),
                title(boxes.getFirst().node()),
                title(boxes.getLast().node()),
                size(bytes),
                skips.size()),
        WIDTH,
        AROUND + ROW * boxes.size(),
        plot);
  }

  private static List<Box> boxes(List<Node> nodes, Map<Node, Double> microseconds) {
    Map<Node, Integer> rows = new HashMap<>();
    var boxes = new ArrayList<Box>();
    for (Node n : nodes) {
      if (!isParameter(n)) {
        var beside = new ArrayList<Var>();
        var in = new ArrayList<Integer>();
        for (Var v : n.in()) {
          Integer row = rows.get(v.node());
          if (row == null) {
            beside.add(v);
          } else if (!in.contains(row)) {
            in.add(row);
          }
        }
        String reads = beside.stream().map(v -> outside(v, n)).collect(Collectors.joining(", "));
        rows.put(n, boxes.size());
        boxes.add(new Box(n, in, reads, microseconds.getOrDefault(n, Double.NaN)));
      }
    }
    return boxes;
  }

  private static boolean isParameter(Node n) {
    return n.op() instanceof Leaf leaf && leaf.kind() != Leaf.Kind.INPUT;
  }

  /** What a node reads that has no row of its own. */
  private static String outside(Var v, Node reader) {
    Node n = v.node();
    String layer = reader.name() + ".";
    // conv1.weight is the weight, beside conv1.
    String own = n.name().startsWith(layer) ? n.name().substring(layer.length()) : n.name();
    String name = own.isEmpty() ? n.op().name() : own;
    boolean scalar = v.shape().rank() == 0;
    return (isParameter(n) ? "" : "%" + n.index() + " ") + name + (scalar ? "" : " " + v.shape());
  }

  /** Each in the innermost lane that is free from its first row to its last. */
  private static List<Skip> skips(List<Box> boxes) {
    var targets = new ArrayList<List<Integer>>();
    for (int i = 0; i < boxes.size(); i++) {
      targets.add(new ArrayList<>());
      for (int from : boxes.get(i).in()) {
        if (from + 1 < i) {
          targets.get(from).add(i);
        }
      }
    }
    var skips = new ArrayList<Skip>();
    var ends = new ArrayList<Integer>();
    for (int from = 0; from < targets.size(); from++) {
      if (!targets.get(from).isEmpty()) {
        int lane = 0;
        while (lane < ends.size() && ends.get(lane) > from) {
          lane++;
        }
        if (lane == ends.size()) {
          ends.add(0);
        }
        ends.set(lane, targets.get(from).getLast());
        skips.add(new Skip(from, targets.get(from), lane));
      }
    }
    return skips;
  }

  private static void draw(Pen pen, List<Box> boxes, List<Skip> skips, boolean timed) {
    int lanes = skips.stream().mapToInt(s -> s.lane() + 1).max().orElse(0);
    double apart = lanes == 0 ? 0 : Math.min(LANE, MOST_LANES / lanes);
    double left = pen.area().getMinX() + lanes * apart + 8;
    double right = left + BOX;
    double reads = right + (timed ? TIME + 40 : BYTES) + READS;
    head(pen, right, reads, timed);
    for (Skip s : skips) {
      skip(pen, s, left, left - 6 - (s.lane() + 1) * apart);
    }
    double longest = boxes.stream().mapToDouble(Box::time).filter(t -> t > 0).max().orElse(1);
    for (int i = 0; i < boxes.size(); i++) {
      Box b = boxes.get(i);
      double y = pen.y(i);
      if (b.in().contains(i - 1)) {
        double px = left + BOX / 2;
        arrow(pen, px, pen.y(i - 1) + HIGH / 2, y - HIGH / 2);
      }
      box(pen, b, left, y);
      String shape = b.node().shape(0) + (b.node().outputs() > 1 ? " …" : "");
      text(pen, shape, Theme.SMALL, Theme.INK, right + SHAPE, y, BYTES - SHAPE - 70);
      pen.text(amount(b.node()), Theme.SMALL, Theme.INK, right + BYTES, y, 1);
      if (b.time() >= 0) {
        double wide = 60 * Math.min(1, b.time() / longest);
        pen.fill(
            Pen.rectangle(right + BYTES + 14, y - 7, right + BYTES + 14 + wide, y + 7),
            Theme.pale(Theme.category(1), 0.5));
        String time = Figures.brief(b.time()) + " µs";
        pen.text(time, Theme.SMALL, Theme.INK, right + TIME + 40, y, 1);
      }
      text(pen, b.reads(), Theme.SMALL, Theme.FAINT, reads, y, pen.area().getMaxX() - reads);
    }
  }

  private static void head(Pen pen, double right, double reads, boolean timed) {
    double y = pen.y(-0.75);
    pen.text("shape", Theme.SMALL, Theme.FAINT, right + SHAPE, y, 0);
    pen.text("bytes", Theme.SMALL, Theme.FAINT, right + BYTES, y, 1);
    if (timed) {
      pen.text("time", Theme.SMALL, Theme.FAINT, right + TIME + 40, y, 1);
    }
    pen.text("parameters", Theme.SMALL, Theme.FAINT, reads, y, 0);
  }

  private static void text(
      Pen pen, String text, Font font, Color color, double left, double y, double room) {
    if (!text.isEmpty() && room > Fonts.width("…", font)) {
      pen.text(Labels.fit(text, font, room), font, color, left, y, 0);
    }
  }

  private static void box(Pen pen, Box b, double left, double y) {
    var frame = new RoundRectangle2D.Double(left, y - HIGH / 2, BOX, HIGH, 8, 8);
    pen.fill(frame, ground(b));
    pen.g().setPaint(Theme.FRAME);
    pen.g().setStroke(Theme.HAIRLINE);
    pen.g().draw(frame);
    String op = Labels.fit(b.node().op().name(), OP, BOX - 20);
    double wide = Fonts.width(op, OP);
    pen.text(op, OP, Theme.INK, left + 8, y, 0);
    text(pen, b.node().name(), Theme.LABEL, Theme.INK, left + wide + 16, y, BOX - wide - 24);
  }

  /** Inputs green, ops with parameters blue. */
  private static Color ground(Box b) {
    if (b.node().op() instanceof Leaf) {
      return Theme.pale(Theme.category(2), 0.2);
    }
    boolean learnt =
        b.node().in().stream()
            .anyMatch(v -> v.node().op() instanceof Leaf l && l.kind() == Leaf.Kind.PARAMETER);
    return learnt ? Theme.pale(Theme.category(0), 0.18) : Theme.PAPER;
  }

  private static void arrow(Pen pen, double px, double from, double to) {
    pen.line(px, from, px, to - 3, Theme.FAINT, EDGE);
    head(pen, px, to, 0, 1, Theme.FAINT);
  }

  /** A tip at a pixel, in a direction. */
  private static void head(Pen pen, double px, double py, int dx, int dy, Color color) {
    var tip = new Path2D.Double();
    tip.moveTo(px, py);
    tip.lineTo(px - 5 * dx - 3 * dy, py - 5 * dy - 3 * dx);
    tip.lineTo(px - 5 * dx + 3 * dy, py - 5 * dy + 3 * dx);
    tip.closePath();
    pen.fill(tip, color);
  }

  private static void skip(Pen pen, Skip s, double left, double lane) {
    Color color = Theme.category(s.lane());
    double round = Math.min(6, (left - lane) / 2);
    double top = pen.y(s.from()) + 5;
    var trunk = new Path2D.Double();
    trunk.moveTo(left, top);
    trunk.lineTo(lane + round, top);
    trunk.quadTo(lane, top, lane, top + round);
    trunk.lineTo(lane, pen.y(s.last()) - 5 - round);
    for (int row : s.to()) {
      double y = pen.y(row) - 5;
      trunk.moveTo(lane, y - round);
      trunk.quadTo(lane, y, lane + round, y);
      trunk.lineTo(left - 4, y);
      head(pen, left, y, 1, 0, color);
    }
    pen.line(trunk, color, EDGE);
  }

  private static String title(Node n) {
    return n.op().name() + (n.name().isEmpty() ? "" : " \"" + n.name() + "\"");
  }

  /** What a view shows is held by another node. */
  private static String amount(Node n) {
    return isView(n) ? "view" : size(bytes(n));
  }

  private static boolean isView(Node n) {
    return !(n.op() instanceof Leaf) && n.op().views(n.in().stream().map(Var::shape).toList());
  }

  private static long bytes(Node n) {
    return isView(n) ? 0 : n.outs().stream().mapToLong(v -> v.shape().size() * DType.BYTES).sum();
  }

  private static String size(long bytes) {
    return bytes < 1000
        ? bytes + " B"
        : bytes < 1_000_000
            ? Figures.brief(bytes * 1e-3) + " kB"
            : Figures.brief(bytes * 1e-6) + " MB";
  }
}
