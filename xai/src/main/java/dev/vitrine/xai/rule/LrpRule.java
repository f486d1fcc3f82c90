package dev.vitrine.xai.rule;

import dev.vitrine.autodiff.Flow;
import dev.vitrine.autodiff.Node;
import dev.vitrine.autodiff.Rule;
import dev.vitrine.autodiff.Var;
import dev.vitrine.xai.Ledger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A rule of layer-wise relevance propagation for layers z = x·W + b: which parts of x, W and b take
 * part in dividing the relevance. The formulas are zennit's; Montavon et al., Layer-Wise Relevance
 * Propagation: An Overview (2019), table 10.1 has their names.
 */
public final class LrpRule implements Rule {
  /** What zennit adds to every denominator. */
  public static final float STABILISER = 1e-6f;

  private static final Change SAME = new Change(1, Cut.NONE, 0);
  private static final Change NONE = new Change(0, Cut.NONE, 0);
  private static final Change ONE = cut(Cut.ONE);
  private static final Change SQUARE = cut(Cut.SQUARE);
  private static final Change POSITIVE = cut(Cut.POSITIVE);
  private static final Change NEGATIVE = cut(Cut.NEGATIVE);

  /** What of a value is looked at. */
  private enum Cut {
    NONE,
    ONE,
    SQUARE,
    POSITIVE,
    NEGATIVE
  }

  /** v becomes own·v + times·cut(v), own being 0 or 1. */
  private record Change(int own, Cut cut, float times) {
    Var of(Var v) {
      Var part =
          switch (cut) {
            case NONE -> v;
            case ONE -> v.filled(times);
            case SQUARE -> v.square();
            case POSITIVE -> v.relu();
            case NEGATIVE -> v.minimum(v.zeros());
          };
      if (cut == Cut.NONE) {
        return own == 1 ? v : v.zeros();
      }
      Var scaled = times == 1 || cut == Cut.ONE ? part : part.scale(times);
      return own == 1 ? v.add(scaled) : scaled;
    }
  }

  private static Change cut(Cut cut) {
    return new Change(0, cut, 1);
  }

  private final String name;
  private final float epsilon;
  private final List<Term> terms;

  private LrpRule(String name, float epsilon, List<Term> terms) {
    this.name = name;
    this.epsilon = epsilon;
    this.terms = terms;
  }

  /** v + g·cut(v). */
  private static Change plus(float g, Cut cut) {
    return new Change(1, cut, g);
  }

  private static Change times(float factor, Cut cut) {
    return new Change(0, cut, factor);
  }

  /** One forward pass z' = x'·W' + b' with changed x, W and b. */
  private record Part(Change x, Change w, Change b) {
    Node forward(Node n) {
      if (x.equals(SAME) && w.equals(SAME) && b.equals(SAME)) {
        return n;
      }
      var in = new ArrayList<>(List.of(x.of(n.in(0)), w.of(n.in(1))));
      if (!b.equals(NONE) && n.in().size() > 2) {
        in.add(b.of(n.in(2)));
      }
      return n.tape().record(n.op(), in.toArray(Var[]::new));
    }

    Node magnitude(Node n) {
      Node z = forward(n);
      return n.tape().record(n.op(), z.in().stream().map(Var::abs).toArray(Var[]::new));
    }
  }

  /**
   * factor·Σ_parts x'·(W'ᵀ s), s = R / (Σ_parts z' + ε·sign), over the outputs whose z has the
   * given sign.
   */
  private record Term(float factor, int sign, List<Part> parts) {
    static Var share(Var s, List<Node> passes) {
      return Relevance.sum(passes, p -> p.in(0).mul(p.transpose(s, p.in(0))));
    }

    /** Without parts that are zero because the layer's input is not negative. */
    Term of(Node n) {
      if (!Ops.isNotNegative(n.in(0))) {
        return this;
      }
      List<Part> left =
          parts.stream()
              .filter(p -> !p.x.equals(NEGATIVE))
              .map(p -> p.x.equals(POSITIVE) ? new Part(SAME, p.w, p.b) : p)
              .toList();
      return new Term(factor, sign, left);
    }

    List<Node> passes(Node n) {
      return parts.stream().map(p -> p.forward(n)).toList();
    }

    Var quotient(Node n, Var r, List<Node> passes, float epsilon) {
      return Winners.of(
          r,
          (won, at) -> {
            Var z = Relevance.sum(passes, p -> at.apply(p.out()));
            Var s = won.div(Relevance.stabilised(z, epsilon));
            Var scaled = factor == 1 ? s : s.scale(factor);
            return sign == 0 ? scaled : scaled.mul(at.apply(n.out()).scale(sign).step());
          });
    }
  }

  private static Part part(Change x, Change w, Change b) {
    return new Part(x, w, b);
  }

  private static Term term(float factor, int sign, Part... parts) {
    return new Term(factor, sign, Arrays.asList(parts));
  }

  private static LrpRule of(String name, float epsilon, Term... terms) {
    return new LrpRule(name, epsilon, Arrays.asList(terms));
  }

  // ---- the rules

  /** LRP-ε: R_i = Σ_j x_i·w_ij / (z_j + ε·sign z_j)·R_j; a tiny ε is LRP-0. */
  public static LrpRule epsilon(float epsilon) {
    return of("ε " + epsilon, epsilon, term(1, 0, part(SAME, SAME, SAME)));
  }

  /** z⁺: only what pushes z up: x⁺W⁺ + x⁻W⁻ + b⁺. */
  public static LrpRule zPlus() {
    return alphaBeta(1, 0);
  }

  /** α times what pushes z up, less β times what pulls it down; α − β = 1 conserves relevance. */
  public static LrpRule alphaBeta(float alpha, float beta) {
    Term up = term(alpha, 0, part(POSITIVE, POSITIVE, POSITIVE), part(NEGATIVE, NEGATIVE, NONE));
    Term down = term(-beta, 0, part(POSITIVE, NEGATIVE, NEGATIVE), part(NEGATIVE, POSITIVE, NONE));
    String name = "α %s β %s".formatted(alpha, beta);
    return beta == 0 ? of(name, STABILISER, up) : of(name, STABILISER, up, down);
  }

  /**
   * LRP-γ: what agrees with the sign of z counts γ times more. Generalised to inputs of both signs,
   * as zennit has it.
   */
  public static LrpRule gamma(float gamma) {
    Change up = plus(gamma, Cut.POSITIVE);
    Change down = plus(gamma, Cut.NEGATIVE);
    return of(
        "γ " + gamma,
        STABILISER,
        term(1, 1, part(POSITIVE, up, up), part(NEGATIVE, down, NONE)),
        term(1, -1, part(POSITIVE, down, down), part(NEGATIVE, up, NONE)));
  }

  /** z^B for inputs between low and high (pixels): x·W − low·W⁺ − high·W⁻. */
  public static LrpRule zBox(float low, float high) {
    return of(
        "zB %s to %s".formatted(low, high),
        STABILISER,
        term(
            1,
            0,
            part(SAME, SAME, SAME),
            part(times(-low, Cut.ONE), POSITIVE, times(-1, Cut.POSITIVE)),
            part(times(-high, Cut.ONE), NEGATIVE, times(-1, Cut.NEGATIVE))));
  }

  /** w²: relevance by squared weights, for inputs without bounds. */
  public static LrpRule wSquare() {
    return of("w²", STABILISER, term(1, 0, part(ONE, SQUARE, SQUARE)));
  }

  /** Flat: to all inputs alike. */
  public static LrpRule flat() {
    return of("flat", STABILISER, term(1, 0, part(ONE, ONE, NONE)));
  }

  /** Excitation backprop (Zhang et al. 2016, eq. 4): x⁺W⁺ alone, no bias. */
  public static LrpRule excitation() {
    return of("excitation", STABILISER, term(1, 0, part(POSITIVE, POSITIVE, NONE)));
  }

  /** z⁺ without bias, deep Taylor's rule behind a ReLU (Montavon et al. 2017, eq. 15). */
  public static LrpRule deepTaylor() {
    Part up = part(POSITIVE, POSITIVE, NONE);
    return of("deep Taylor", STABILISER, term(1, 0, up, part(NEGATIVE, NEGATIVE, NONE)));
  }

  /** W⁺ or W + γW⁺ on x of both signs, the bias as it is or left out. */
  static LrpRule signless(float epsilon, float gamma, boolean whole, boolean bias) {
    Change w = whole ? plus(gamma, Cut.POSITIVE) : POSITIVE;
    String name =
        "%s, ε %s%s"
            .formatted(whole ? "W + " + gamma + "·W⁺" : "W⁺", epsilon, bias ? "" : ", no bias");
    return of(name, epsilon, term(1, 0, part(SAME, w, bias ? SAME : NONE)));
  }

  // ---- how they act

  @Override
  public void apply(Node n, List<@Nullable Var> r, Flow to) {
    if (n.in().stream().skip(1).anyMatch(to::wants)) {
      throw new IllegalStateException(
          n + ": its weights depend on what is explained, and relevance has no rule for weights");
    }
    Var x = n.in(0);
    Var arrived = Relevance.only(r);
    Var all = null;
    for (Term term : terms) {
      Term t = term.of(n);
      List<Node> passes = t.passes(n);
      Var s = t.quotient(n, arrived, passes, epsilon);
      Var share = Term.share(s, passes);
      all = all == null ? share : all.add(share);
      for (int i = 0; i < passes.size(); i++) {
        Node p = passes.get(i);
        Part changed = t.parts.get(i);
        if (p.in().size() > 2) {
          to.keep(Ledger.BIAS, () -> s.mul(p.in(2)));
        }
        to.keep(Ledger.MAGNITUDE, () -> s.mul(changed.magnitude(n).out()).abs());
      }
      to.keep(
          Ledger.STABILISER,
          () -> {
            Var z = Relevance.sum(passes, Node::out);
            return s.mul(Relevance.stabilised(z, epsilon).sub(z));
          });
    }
    Var sum = all;
    to.to(x, () -> Objects.requireNonNull(sum));
  }

  /** Its name and its numbers. */
  @Override
  public String toString() {
    return name;
  }
}
