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

/** Does the network say a wanted class of changed rows? And which way leads there? */
final class Flips {
  private final Subject subject;
  private final Shape shape;
  private final float[] x;
  private final Reach reach;
  private final double margin;
  private final int[] wanted;
  private final int[] before;

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
    int k = Math.toIntExact(y.size() / y.shape().dim(0));
    for (int r = 0; r < wanted.length; r++) {
      if (k < 2 || wanted[r] >= k) {
        throw new IllegalArgumentException(
            "class %s is wanted of row %d, and the network has %d outputs: it needs one per class"
                .formatted(wanted[r] < 0 ? "any other" : wanted[r], r, k));
      }
    }
    this.before = new int[wanted.length];
    float[] all = y.toFloats();
    Arrays.setAll(before, r -> largest(all, r * k, k, -1));
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
    float[] y = subject.outputs(now).toFloats();
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
      Target lead =
          Target.of(Arrays.stream(seen).mapToInt(Seen::to).toArray())
              .minus(Arrays.stream(seen).mapToInt(Seen::rival).toArray());
      double[][] gradient = new double[rows.length][width()];
      try (Question q = Question.of(subject, now, 0, lead)) {
        float[] g = q.value(Program.GRADIENT, Map.of(), r -> r.gradient(Place.input())).toFloats();
        for (int i = 0; i < g.length; i++) {
          int j = i % width();
          gradient[i / width()][j] = reach.fixed()[j] ? 0 : g[i] * reach.scales()[j];
        }
      }
      return new Slope(seen, gradient);
    }
  }

  private enum Program {
    GRADIENT
  }
}
