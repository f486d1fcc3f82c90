package dev.vitrine.xai.example;

import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Place;
import dev.vitrine.xai.Question;
import dev.vitrine.xai.Subject;
import dev.vitrine.xai.Target;
import java.util.Arrays;
import java.util.Map;

/**
 * Does the network say a wanted class of changed rows? And which way leads there?
 *
 * <p>One output y is the lead of class 1 over class 0: it counts as outputs −y/2 and y/2.
 */
final class Flips {
  private final Subject subject;
  private final Shape shape;
  private final float[] x;
  private final Reach reach;
  private final double margin;
  private final int[] wanted;
  private final int[] before;
  private final boolean single;

  /**
   * What the network says of a changed row.
   *
   * @param to the wanted class with the largest output
   * @param rival the class with the largest output besides it
   * @param lead the difference of these outputs
   * @param flipped whether {@code to} is the predicted class, by the margin at least
   */
  record Seen(int to, int rival, double lead, boolean flipped) {}

  /** {@code wanted}: a class per row, −1 = any but the one that is predicted. */
  Flips(Subject subject, Tensor x, Reach reach, double margin, int[] wanted) {
    this.subject = subject;
    this.shape = x.shape();
    this.x = x.toFloats();
    this.reach = reach;
    this.margin = margin;
    this.wanted = wanted;
    Tensor y = subject.outputs(x);
    this.single = y.size() == wanted.length;
    float[] all = perClass(y.toFloats());
    int k = all.length / wanted.length;
    for (int r = 0; r < wanted.length; r++) {
      if (wanted[r] >= k) {
        throw new IllegalArgumentException(
            "class %d is wanted of row %d, and the network tells %d apart"
                .formatted(wanted[r], r, k));
      }
    }
    this.before = new int[wanted.length];
    Arrays.setAll(before, r -> largest(all, r * k, k, -1));
  }

  /** An output per class, row after row. */
  private float[] perClass(float[] y) {
    if (!single) {
      return y;
    }
    float[] both = new float[2 * y.length];
    for (int r = 0; r < y.length; r++) {
      both[2 * r] = -y[r] / 2;
      both[2 * r + 1] = y[r] / 2;
    }
    return both;
  }

  /** Which of k outputs is the largest, the first of equal ones; {@code but} is left out. */
  private static int largest(float[] y, int from, int k, int but) {
    int best = but == 0 ? 1 : 0;
    for (int j = best + 1; j < k; j++) {
      best = j != but && y[from + j] > y[from + best] ? j : best;
    }
    return best;
  }

  int rows() {
    return wanted.length;
  }

  /** Elements of a row. */
  int width() {
    return reach.scales().length;
  }

  Reach reach() {
    return reach;
  }

  /** The class of a row as it is. */
  int before(int r) {
    return before[r];
  }

  /** The shape of a row. */
  Shape shape() {
    return shape.without(0);
  }

  /** A row as it is. */
  float[] x(int r) {
    return Arrays.copyOfRange(x, r * width(), (r + 1) * width());
  }

  /** A row after a change. */
  float[] changed(int r, double[] u) {
    float[] row = x(r);
    for (int j = 0; j < row.length; j++) {
      row[j] = reach.moved(row[j], j, u[j]);
    }
    return row;
  }

  /** Cuts a change to what the limits allow. */
  double[] inside(int r, double[] u) {
    double[] cut = new double[u.length];
    Arrays.setAll(cut, j -> reach.inside(x[r * u.length + j], j, u[j]));
    return cut;
  }

  private Tensor changed(Memory memory, int[] rows, double[][] changes) {
    Tensor now = memory.floats(shape.with(0, rows.length));
    for (int i = 0; i < rows.length; i++) {
      now.rows(i, i + 1).set(changed(rows[i], changes[i]));
    }
    return now;
  }

  /** What the network says of changed rows. */
  Seen[] look(int[] rows, double[][] changes) {
    try (var memory = new Memory("changes")) {
      return look(rows, changed(memory, rows, changes));
    }
  }

  private Seen[] look(int[] rows, Tensor now) {
    float[] y = perClass(subject.outputs(now).toFloats());
    int k = y.length / rows.length;
    var seen = new Seen[rows.length];
    for (int i = 0; i < rows.length; i++) {
      int from = i * k;
      int any = largest(y, from, k, before[rows[i]]);
      int to = wanted[rows[i]] < 0 ? any : wanted[rows[i]];
      int rival = largest(y, from, k, to);
      double lead = (double) y[from + to] - y[from + rival];
      boolean flipped = largest(y, from, k, -1) == to && lead >= margin;
      seen[i] = new Seen(to, rival, lead, flipped);
    }
    return seen;
  }

  /** What is seen, and the gradient of the lead in units of the change. */
  record Slope(Seen[] seen, double[][] gradient) {}

  /** The same with the gradient of wanted minus rival, read before a softmax. */
  Slope slope(int[] rows, double[][] changes) {
    try (var memory = new Memory("changes")) {
      Tensor now = changed(memory, rows, changes);
      Seen[] seen = look(rows, now);
      int[] to = Arrays.stream(seen).mapToInt(Seen::to).toArray();
      int[] rivals = Arrays.stream(seen).mapToInt(Seen::rival).toArray();
      Target lead = single ? Target.of(0) : Target.of(to).minus(rivals);
      double[][] gradient = new double[rows.length][width()];
      try (Question q = Question.of(subject, now, 0, lead)) {
        float[] g = q.value(Program.GRADIENT, Map.of(), r -> r.gradient(Place.input())).toFloats();
        for (int i = 0; i < g.length; i++) {
          int j = i % width();
          float rise = single && to[i / width()] == 0 ? -g[i] : g[i];
          gradient[i / width()][j] = reach.fixed()[j] ? 0 : rise * reach.scales()[j];
        }
      }
      return new Slope(seen, gradient);
    }
  }

  private enum Program {
    GRADIENT
  }
}
