package dev.vitrine.xai;

import dev.vitrine.autodiff.Flow;
import dev.vitrine.autodiff.Leaf;
import dev.vitrine.autodiff.Node;
import dev.vitrine.autodiff.Var;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Where the relevance went: what came to each node, what it sent on, what its bias and its
 * stabiliser took. What is left over breaks completeness there, unless it is within what float
 * arithmetic can lose.
 *
 * @param lines one per node, from the output to the place where the walk stopped
 */
public record Ledger(List<Line> lines) {

  /** What a rule keeps for a node's bias, and for the number that stabilises its division. */
  public static final String BIAS = "bias";

  public static final String STABILISER = "stabiliser";

  /** What the rounding errors of a node are measured by; it is no part of the account. */
  public static final String MAGNITUDE = "magnitude";

  /**
   * The account of one node.
   *
   * @param node its layer's name and op
   * @param in relevance that came, per row
   * @param out relevance that was sent on, per row
   * @param bias relevance that its bias took, per row
   * @param stabiliser relevance that the stabiliser took, per row
   * @param bound what float arithmetic can lose at this node at most, per row
   */
  public record Line(
      String node, float[] in, float[] out, float[] bias, float[] stabiliser, float[] bound) {
    /** What is unaccounted for. */
    public double lost(int row) {
      return (double) in[row] - out[row] - bias[row] - stabiliser[row];
    }

    /** True if rounding explains what is unaccounted for. */
    public boolean balanced(int row) {
      return Math.abs(lost(row)) <= bound[row];
    }
  }

  /** The nodes that keep or lose more of a row than rounding explains. */
  public List<Line> unbalanced(int row) {
    return lines.stream().filter(l -> !l.balanced(row)).toList();
  }

  /** Σ over all nodes of one column, for a row. */
  private double total(int row, Function<Line, float[]> column) {
    return lines.stream().mapToDouble(l -> column.apply(l)[row]).sum();
  }

  /** What all biases took of a row. */
  public double bias(int row) {
    return total(row, Line::bias);
  }

  /** What all stabilisers took of a row. */
  public double stabiliser(int row) {
    return total(row, Line::stabiliser);
  }

  /** The table of one row. */
  public String of(int row) {
    var text = new StringBuilder();
    text.append(
        String.format(
            "%-28s %12s %12s %12s %12s %12s %10s%n",
            "node", "in", "out", "bias", "stabiliser", "lost", "bound"));
    for (Line l : lines) {
      text.append(
          String.format(
              Locale.ROOT,
              "%-28s %12.5g %12.5g %12.5g %12.5g %12.3g %10.3g%s%n",
              l.node(),
              l.in()[row],
              l.out()[row],
              l.bias()[row],
              l.stabiliser()[row],
              l.lost(row),
              l.bound()[row],
              l.balanced(row) ? "" : "  ←"));
    }
    return text.toString();
  }

  @Override
  public String toString() {
    return of(0);
  }

  // ---- on the tape

  /** The same on a tape: sums per row that are computed along with the attribution. */
  public static final class Sums {
    private final List<Entry> entries = new ArrayList<>();
    private final List<Var> values = new ArrayList<>();

    private Sums() {}

    /** Positions among the values; −1 = nothing. */
    private record Entry(String node, int in, int out, int bias, int stabiliser, int bound) {}

    /**
     * Accounts for a walk over the recorded part of a network.
     *
     * @param relevance of a value, from what arrived there or was sent there: the share itself, or
     *     the share times the value for multipliers
     */
    public static Sums of(Flow flow, BinaryOperator<Var> relevance) {
      Sums sums = new Sums();
      Map<Node, List<Flow.Sent>> sent = new LinkedHashMap<>();
      flow.sent().forEach(s -> sent.computeIfAbsent(s.from(), n -> new ArrayList<>()).add(s));
      sent.forEach((n, shares) -> sums.add(flow, n, shares, relevance));
      return sums;
    }

    private void add(Flow flow, Node n, List<Flow.Sent> shares, BinaryOperator<Var> relevance) {
      List<Var> arrived = new ArrayList<>();
      for (Var y : n.outs()) {
        Var r = flow.at(y);
        if (r != null) {
          arrived.add(relevance.apply(y, r));
        }
      }
      List<Var> out = shares.stream().map(s -> relevance.apply(s.to(), s.share())).toList();
      Map<String, Var> kept = new LinkedHashMap<>();
      flow.kept().stream()
          .filter(k -> k.in() == n)
          .forEach(k -> kept.merge(k.as(), rowSum(k.amount().get()), Var::add));
      Var all = rowSums(arrived, Var::abs).add(rowSums(out, Var::abs));
      Var magnitude = kept.get(MAGNITUDE);
      Var bound = (magnitude == null ? all : all.add(magnitude)).scale(Rounding.of(n));
      entries.add(
          new Entry(
              title(n),
              place(rowSums(arrived, v -> v)),
              place(rowSums(out, v -> v)),
              place(kept.get(BIAS)),
              place(kept.get(STABILISER)),
              place(bound)));
    }

    private static String title(Node n) {
      String name = n.name();
      return (name.isEmpty() ? "" : name + " ") + n.op().name();
    }

    private int place(@Nullable Var v) {
      if (v == null) {
        return -1;
      }
      values.add(v);
      return values.size() - 1;
    }

    private static Var rowSums(List<Var> all, UnaryOperator<Var> of) {
      return all.stream().map(v -> rowSum(of.apply(v))).reduce(Var::add).orElseThrow();
    }

    /** [n, …] to [n, 1]. */
    private static Var rowSum(Var v) {
      return v.flatten().sumLast();
    }

    List<Var> values() {
      return values;
    }

    Ledger read(List<Tensor> computed) {
      int n = computed.getFirst().shape().dim(0);
      return new Ledger(
          entries.stream()
              .map(e ->
                  new Line(
                      e.node(),
                      read(computed, e.in(), n),
                      read(computed, e.out(), n),
                      read(computed, e.bias(), n),
                      read(computed, e.stabiliser(), n),
                      read(computed, e.bound(), n)))
              .toList());
    }

    private static float[] read(List<Tensor> computed, int at, int n) {
      return at < 0 ? new float[n] : computed.get(at).toFloats();
    }
  }

  /**
   * γ_d = d·u/(1 − d·u), which bounds the relative error of d roundings, u = 2⁻²⁴ (Higham, Accuracy
   * and Stability of Numerical Algorithms, lemma 3.1).
   */
  static final class Rounding {
    private static final double UNIT = 0x1p-24;

    /** The contract's longest chain of one chunk, and roundings around it: a rule's own. */
    private static final int CHUNK = 512;

    private static final int AROUND = 16;

    private Rounding() {}

    /** Of a rule at this node: its products forward and back, and the sums of the account. */
    static float of(Node n) {
      long depth = AROUND + chain(row(n.out()));
      for (Var v : n.in()) {
        boolean shared = v.node().op() instanceof Leaf l && l.kind() != Leaf.Kind.INPUT;
        depth += shared ? chain(v.shape().size()) : 2 * chain(row(v));
      }
      double d = depth * UNIT;
      return (float) (d / (1 - d));
    }

    /** Elements of one row; other rows have no part in its errors. */
    private static long row(Var v) {
      Shape s = v.shape();
      return s.rank() == 0 ? 1 : s.size() / Math.max(s.dim(0), 1);
    }

    /** Roundings in the contract's sum of k terms: a chunk's chain, then one per chunk. */
    private static long chain(long k) {
      return Math.min(k, CHUNK) + Math.ceilDiv(k, CHUNK);
    }
  }
}
