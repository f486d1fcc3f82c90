package dev.vitrine.xai.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.autodiff.Rule;
import dev.vitrine.nn.Model;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Baseline;
import dev.vitrine.xai.Explainer;
import dev.vitrine.xai.Ledger;
import dev.vitrine.xai.Nets;
import dev.vitrine.xai.Network;
import dev.vitrine.xai.Subject;
import dev.vitrine.xai.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The account of each node, on a network with a skip, three batch norms and both pools. */
class LedgerTest {
  private static final int ROWS = 5;
  private static final Tensor X = Nets.normal(51, ROWS, 8, 8, 2);
  private static final Target TARGET = Target.of(0, 1, 2, 2, 0);

  private static List<Lrp> lrp() {
    return Stream.of(
            Composite.epsilon(1e-6f),
            Composite.epsilon(0.25f),
            Composite.epsilonPlus(1e-6f),
            Composite.epsilonGammaBox(1e-6f, 0.25f, -5, 5),
            Composite.everywhere("Gamma", LrpRule.gamma(0.25f)),
            Composite.everywhere("AlphaBeta", LrpRule.alphaBeta(2, 1)))
        .map(c -> new Lrp(c).withLedger())
        .toList();
  }

  private static List<Explainer> methods() {
    DeepLift deepLift = new DeepLift().withLedger();
    List<Explainer> all = new ArrayList<>(lrp());
    all.add(deepLift);
    all.add(deepLift.baseline(Baseline.uniform(3, -1, 1)));
    all.add(deepLift.revealCancel(RevealCancel.BEHIND_LINEAR));
    return all;
  }

  private static Attribution explain(Subject s, Explainer e) {
    return e.explain(s, X, TARGET);
  }

  private static Ledger ledger(Attribution a) {
    return Objects.requireNonNull(a.ledger());
  }

  /** The largest sum that any node of a row was sent. */
  private static double largest(Ledger l, int row) {
    return l.lines().stream().mapToDouble(n -> Math.abs(n.in()[row])).max().orElseThrow();
  }

  @Test
  void everyNodeIsBalanced() {
    try (Model m = Nets.skips();
        Subject s = Subject.of(m, Nets.SCALAR)) {
      for (Explainer e : methods()) {
        Ledger l = ledger(explain(s, e));
        for (int r = 0; r < ROWS; r++) {
          assertTrue(l.unbalanced(r).isEmpty(), e + "\n" + l.of(r));
        }
      }
    }
  }

  /** A bound that allowed anything would balance everything. */
  @Test
  void theBoundsAreSmall() {
    try (Model m = Nets.skips();
        Subject s = Subject.of(m, Nets.SCALAR)) {
      for (Explainer e : methods()) {
        Ledger l = ledger(explain(s, e));
        for (int r = 0; r < ROWS; r++) {
          for (Ledger.Line line : l.lines()) {
            assertTrue(line.bound()[r] >= 0, e + "\n" + l.of(r));
            assertTrue(line.bound()[r] < 1e-2 * largest(l, r), e + "\n" + l.of(r));
          }
        }
      }
    }
  }

  @Test
  void whatComesFirstIsTheExplainedNumber() {
    try (Model m = Nets.skips();
        Subject s = Subject.of(m, Nets.SCALAR)) {
      for (Lrp e : lrp()) {
        Attribution a = explain(s, e);
        Attribution one = explain(s, e.start(Lrp.Start.ONE));
        for (int r = 0; r < ROWS; r++) {
          // merged batch norms are the same function, but their weights are rounded
          double f = a.outputs()[r];
          assertEquals(f, ledger(a).lines().getFirst().in()[r], 1e-6 + 1e-5 * Math.abs(f));
          assertEquals(1, ledger(one).lines().getFirst().in()[r]);
        }
      }
      Attribution a = explain(s, new DeepLift().withLedger());
      float[] zero = s.outputs(Tensor.of(X.shape(), new float[(int) X.size()])).toFloats();
      for (int r = 0; r < ROWS; r++) {
        float difference = a.outputs()[r] - zero[3 * r + a.classes()[r]];
        assertEquals(difference, ledger(a).lines().getFirst().in()[r]);
      }
    }
  }

  @Test
  void whatBiasesAndStabilisersLeaveIsAttributed() {
    try (Model m = Nets.skips();
        Subject s = Subject.of(m, Nets.SCALAR)) {
      for (Explainer e : methods()) {
        Attribution a = explain(s, e);
        Ledger l = ledger(a);
        for (int r = 0; r < ROWS; r++) {
          int row = r;
          double bounds = l.lines().stream().mapToDouble(n -> n.bound()[row]).sum();
          double seed = l.lines().getFirst().in()[r];
          double left = seed - l.bias(r) - l.stabiliser(r);
          assertEquals(left, Attribution.sum(a.row(r)), bounds, e + "\n" + l.of(r));
        }
      }
    }
  }

  /** DeepLIFT's differences have no bias; LRP's biases and a large ε take what they are due. */
  @Test
  void itSaysWhatTookRelevance() {
    try (Model m = Nets.skips();
        Subject s = Subject.of(m, Nets.SCALAR)) {
      Ledger lift = ledger(explain(s, new DeepLift().withLedger()));
      Ledger small = ledger(explain(s, new Lrp(Composite.epsilon(1e-6f)).withLedger()));
      Ledger large = ledger(explain(s, new Lrp(Composite.epsilon(0.25f)).withLedger()));
      for (int r = 0; r < ROWS; r++) {
        assertEquals(0, lift.bias(r));
        assertEquals(0, lift.stabiliser(r));
        assertNotEquals(0, small.bias(r));
        assertTrue(Math.abs(small.stabiliser(r)) < Math.abs(large.stabiliser(r)), large.of(r));
      }
    }
  }

  /** The ε rule, but half of what came is lost. */
  private static Rule losing(double part) {
    LrpRule rule = LrpRule.epsilon(1e-6f);
    float left = (float) (1 - part);
    return (n, r, to) ->
        rule.apply(n, List.of(Objects.requireNonNull(r.getFirst()).scale(left)), to);
  }

  @Test
  void aBrokenRuleShowsWhereItIs() {
    try (Model m = Nets.skips();
        Subject s = Subject.of(m, Nets.SCALAR)) {
      for (String layer : List.of("conv1", "residual1.conv2", "conv2", "linear1", "linear2")) {
        Composite broken =
            Composite.named("Broken").layers(layer, losing(0.5)).then(Composite.epsilon(1e-6f));
        Ledger l = ledger(explain(s, new Lrp(broken).withLedger()));
        for (int r = 0; r < ROWS; r++) {
          List<Ledger.Line> wrong = l.unbalanced(r);
          assertEquals(1, wrong.size(), layer + "\n" + l.of(r));
          Ledger.Line line = wrong.getFirst();
          assertTrue(line.node().startsWith(layer + " "), line.node());
          // sums of a few hundred shares
          assertEquals(line.in()[r] / 2.0, line.lost(r), 1e-3 * Math.abs(line.in()[r]));
          assertTrue(l.of(r).lines().anyMatch(t -> t.startsWith(layer) && t.endsWith("←")));
        }
      }
    }
  }

  /** What a hundredth of an image's relevance is would be lost in one number for the network. */
  @Test
  void aSmallLeakIsSeenToo() {
    try (Model m = Nets.skips();
        Subject s = Subject.of(m, Nets.SCALAR)) {
      Composite leaking =
          Composite.named("Leaking").layers("linear1", losing(0.01)).then(Composite.epsilon(1e-6f));
      Ledger l = ledger(explain(s, new Lrp(leaking).withLedger()));
      for (int r = 0; r < ROWS; r++) {
        assertEquals(
            List.of("linear1 Linear"), l.unbalanced(r).stream().map(Ledger.Line::node).toList());
      }
    }
  }

  @Test
  void itPrintsALineForEachNode() {
    try (Model m = Nets.skips();
        Subject s = Subject.of(m, Nets.SCALAR)) {
      Ledger l = ledger(explain(s, Lrp.epsilon().withLedger()));
      List<String> text = l.of(1).lines().toList();
      assertEquals(l.lines().size() + 1, text.size());
      for (String column : List.of("node", "in", "out", "bias", "stabiliser", "lost", "bound")) {
        assertTrue(text.getFirst().contains(column), text.getFirst());
      }
      for (int i = 0; i < l.lines().size(); i++) {
        assertTrue(text.get(i + 1).startsWith(l.lines().get(i).node()), text.get(i + 1));
      }
      assertEquals(l.of(0), l.toString());
      assertTrue(l.toString().contains("residual1 Add"), l.toString());
      assertTrue(l.toString().lines().noneMatch(t -> t.contains("BatchNorm")), "they are merged");
    }
  }

  @Test
  void nobodyPaysForItUnasked() {
    try (Model m = Nets.skips();
        Subject s = Subject.of(m, Nets.SCALAR)) {
      Attribution without = explain(s, Lrp.epsilon());
      Attribution with = explain(s, Lrp.epsilon().withLedger());
      assertNull(without.ledger());
      assertEquals(without.hash(), with.hash(), "looking changes no bit");
    }
  }

  /** A value without rows, made of parameters alone. */
  @Test
  void aScalarInTheNetworkIsAccountedFor() {
    Network f =
        x -> {
          var w = Nets.matrix(x, 2, 2, 1, 2, 3, -4);
          return x.linear(w, null).add(w.square().total());
        };
    try (Subject s = Nets.subject(f)) {
      Tensor x = Tensor.of(Shape.of(2, 2), 1, 2, 3, 4);
      Ledger l = ledger(Lrp.epsilon().withLedger().explain(s, x, Target.of(1)));
      for (int r = 0; r < 2; r++) {
        assertTrue(l.unbalanced(r).isEmpty(), l.of(r));
        assertEquals(30, l.bias(r), 1e-4, "what does not depend on x stays behind\n" + l.of(r));
      }
    }
  }
}
