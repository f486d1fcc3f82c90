package dev.vitrine.xai.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.autodiff.Node;
import dev.vitrine.autodiff.Tape;
import dev.vitrine.autodiff.Var;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Nets;
import dev.vitrine.xai.Subject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A tape's nodes stand below each other, joined to those that they read. */
class TapeGraphTest {
  private static Chart skips(boolean timed) {
    try (var model = Nets.skips();
        Subject s = Subject.of(model, Nets.SCALAR);
        Tape tape = Tape.recording(Nets.SCALAR)) {
      s.network().record(tape.input("x", Shape.of(1, 8, 8, 2)));
      Map<Node, Double> times = new HashMap<>();
      if (timed) {
        tape.nodes().forEach(n -> times.put(n, 1.5 * n.index()));
      }
      return TapeGraph.of(tape.nodes(), times);
    }
  }

  @Test
  void aSkipRunsAtTheSideAndAChainDoesNot() {
    try (Tape tape = Tape.recording(Nets.SCALAR)) {
      Var x = tape.input("x", Shape.of(2, 3));
      Var y = x.relu();
      Look chain = Look.at(TapeGraph.of(tape));
      assertEquals(0, chain.count(Theme.category(0)));
      y.tanh().add(x);
      Look look = Look.at(TapeGraph.of(tape));
      assertTrue(look.count(Theme.category(0)) > 50);
      assertEquals(
          "4 nodes from top to bottom, from input \"x\" to Add, with values of 96 B; lines"
              + " that skip nodes: 1.",
          look.chart().description());
      assertEquals(chain.chart().height() + 2 * 34, look.chart().height());
      look.assertNothingIsCut();
    }
  }

  @Test
  void parametersHaveNoRowAndTheirOpsAreBlue() {
    try (Tape tape = Tape.recording(Nets.SCALAR)) {
      Var x = tape.input("x", Shape.of(2, 3));
      x.mul(tape.parameter("w", Tensor.of(Shape.of(2, 3), 1, 2, 3, 4, 5, 6)));
      Look look = Look.at(TapeGraph.of(tape));
      assertTrue(look.count(Theme.pale(Theme.category(0), 0.18)) > 1000);
      assertTrue(look.count(Theme.pale(Theme.category(2), 0.2)) > 1000);
      assertTrue(look.chart().description().startsWith("2 nodes"), look.chart().description());
    }
  }

  @Test
  void timesAreBarsAsLongAsTheirShareOfTheLongest() throws Exception {
    Look with = Look.at(skips(true));
    assertTrue(with.count(Theme.pale(Theme.category(1), 0.5)) > 1000);
    assertEquals(0, Look.at(skips(false)).count(Theme.pale(Theme.category(1), 0.5)));
    with.assertNothingIsCut();
    Look.svg(with.chart());
  }

  /** Gradients read far back, so there are more lines at the side than room for them. */
  @Test
  void aTapeWithItsGradientIsDrawnWithNothingCut() throws Exception {
    try (var model = Nets.skips();
        Subject s = Subject.of(model, Nets.SCALAR);
        Tape tape = Tape.recording(Nets.SCALAR)) {
      Var x = tape.input("x", Shape.of(1, 8, 8, 2));
      Var y = s.network().record(x);
      tape.gradient(y, x);
      Look.at(TapeGraph.of(tape)).assertNothingIsCut();
      Look.svg(TapeGraph.of(tape));
      Chart part = TapeGraph.of(tape.nodes().subList(20, 40)).sized(200, 300);
      Look.at(part).assertNothingIsCut();
    }
  }

  @Test
  void oddNamesAreShortened() {
    try (Tape tape = Tape.recording(Nets.SCALAR)) {
      Var x =
          tape.input("a name as long as nobody would give one to an input".repeat(4), Shape.of(1));
      Var y = tape.scope("b".repeat(300), () -> x.add(x));
      y.mul(tape.parameter("w".repeat(300), Tensor.of(Shape.of(1), 1)));
      Look.at(TapeGraph.of(tape)).assertNothingIsCut();
      Look whole = Look.at(TapeGraph.of(tape));
      Look part = Look.at(TapeGraph.of(List.of(y.node())));
      assertNotEquals(whole.chart().height(), part.chart().height());
      part.assertNothingIsCut();
    }
  }

  @Test
  void whatIsTooLongOrEmptyIsRefused() {
    try (Tape tape = Tape.recording(Nets.SCALAR)) {
      assertTrue(refusal(tape).startsWith("0 nodes besides parameters"));
      Var x = tape.input("x", Shape.of(1));
      for (int i = 0; i < 230; i++) {
        x = x.relu();
      }
      assertTrue(refusal(tape).contains("give a part of tape.nodes()"));
    }
  }

  private static String refusal(Tape tape) {
    return assertThrows(IllegalArgumentException.class, () -> TapeGraph.of(tape)).getMessage();
  }
}
