package dev.vitrine.autodiff;

import static dev.vitrine.autodiff.Samples.SCALAR;
import static dev.vitrine.autodiff.Samples.signed;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.autodiff.op.Relu;
import dev.vitrine.autodiff.op.Scale;
import dev.vitrine.autodiff.op.Tanh;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class TapeTest {
  @Test
  void anEagerTapeShowsEveryValueAtOnce() {
    try (Tape t = Tape.eager(SCALAR)) {
      Var x = t.input("x", Tensor.of(Shape.of(3), -1, 0, 2));
      assertArrayEquals(new float[] {0, 0, 4}, x.relu().square().value().toFloats());
    }
  }

  @Test
  void aRecordingTapeKnowsShapesOnly() {
    try (Tape t = Tape.recording(SCALAR)) {
      Var y = t.input("x", Shape.of(3, 4)).matmul(t.input("w", Shape.of(4, 2)));
      assertEquals(Shape.of(3, 2), y.shape());
      var e = assertThrows(IllegalStateException.class, y::value);
      assertTrue(e.getMessage().contains("compile it"), e.getMessage());
    }
  }

  @Test
  void shapesThatDoNotFitAreRefusedWithTheLayersName() {
    try (Tape t = Tape.recording(SCALAR)) {
      Var x = t.input("x", Shape.of(1, 8, 8, 3));
      Var w = t.input("w", Shape.of(3, 3, 1, 32));
      var e =
          assertThrows(
              IllegalArgumentException.class,
              () ->
                  t.scope("conv1", () -> x.conv2d(dev.vitrine.tensor.kernel.Window.UNIT, w, null)));
      assertEquals(
          "Conv2d \"conv1\": input has 3 channels, the kernel expects 1 (kernel shape [3, 3, 1, 32],"
              + " groups 1)",
          e.getMessage());
    }
  }

  @Test
  void noRuleIsAskedForWhereAWalkStops() {
    try (Tape t = Tape.eager(SCALAR)) {
      Var stop = t.input("x", signed(2, 3)).softmax();
      Var y = stop.scale(2);
      RuleSet scaleOnly = RuleSet.on(Rule.GRADIENT, Scale.class);
      Var g = Objects.requireNonNull(t.backward(y, y.ones(), List.of(stop), scaleOnly).at(stop));
      assertArrayEquals(new float[] {2, 2, 2}, g.value().toFloats());
    }
  }

  @Test
  void valuesOfAnotherTapeAreRefused() {
    try (Tape a = Tape.eager(SCALAR);
        Tape b = Tape.eager(SCALAR)) {
      Var x = a.input("x", signed(1, 2));
      Var y = b.input("y", signed(2, 2));
      assertThrows(IllegalArgumentException.class, () -> x.add(y));
    }
  }

  @Test
  void readingAValueOfAClosedTapeIsAnError() {
    Var y;
    try (Tape t = Tape.eager(SCALAR)) {
      y = t.input("x", signed(1, 2)).tanh();
    }
    assertThrows(IllegalStateException.class, () -> y.value().at(0));
  }

  @Test
  void integersAreNoNumbersAndNumbersNoIntegers() {
    try (Tape t = Tape.eager(SCALAR)) {
      Var x = t.input("x", signed(1, 2, 3));
      Var index = t.input("index", Tensor.of(Shape.of(2), new int[] {0, 2}));
      assertThrows(IllegalArgumentException.class, () -> x.add(index));
      assertThrows(IllegalArgumentException.class, () -> x.pick(x.mean(1)));
      assertEquals(Shape.of(2), x.pick(index).shape());
    }
  }

  @Test
  void gradientsOfAValueUsedTwiceAreAdded() {
    try (Tape t = Tape.eager(SCALAR)) {
      Var x = t.input("x", Tensor.of(Shape.of(2), 3, -2));
      assertArrayEquals(new float[] {7, -3}, t.gradient(x.square().add(x), x).value().toFloats());
    }
  }

  @Test
  void nothingIsAppendedForInputsNobodyAskedAbout() {
    try (Tape t = Tape.recording(SCALAR)) {
      Var x = t.input("x", Shape.of(5, 4));
      Var w = t.input("w", Shape.of(4, 3));
      Var y = x.linear(w, null).tanh();
      int before = t.nodes().size();
      t.gradients(y, List.of(x));
      long products =
          t.nodes().stream().skip(before).filter(n -> n.op().name().equals("MatMul")).count();
      assertEquals(1, products, t.toString());
    }
  }

  @Test
  void aRuleReplacesTheGradientOfItsOpsOnly() {
    try (Tape t = Tape.eager(SCALAR)) {
      Var x = t.input("x", Tensor.of(Shape.of(2), -1, 1));
      Var y = x.relu().add(x.tanh());
      Rule pass = (n, r, to) -> to.to(n.in(0), () -> r.getFirst());
      Flow flow =
          t.backward(
              y, y.ones(), List.of(x), RuleSet.on(pass, Relu.class).orElse(RuleSet.GRADIENT));
      Var tanhOnly = t.gradient(x.tanh(), x);
      assertArrayEquals(tanhOnly.shift(1).value().toFloats(), flow.at(x).value().toFloats());
    }
  }

  @Test
  void aNodeWithoutRuleIsNamed() {
    try (Tape t = Tape.eager(SCALAR)) {
      Var x = t.input("x", signed(1, 2));
      Var y = t.scope("head", x::tanh);
      var e =
          assertThrows(
              IllegalStateException.class,
              () -> t.backward(y, y.ones(), List.of(x), RuleSet.on(Rule.GRADIENT, Relu.class)));
      assertTrue(e.getMessage().contains("\"head\""), e.getMessage());
      assertTrue(e.getMessage().contains("Tanh.class"), e.getMessage());
      assertTrue(y.node().op() instanceof Tanh);
    }
  }

  @Test
  void aRecordedGradientCanBeReplayedAtAnotherBatchSize() {
    try (Tape t = Tape.eager(SCALAR)) {
      Var x = t.input("x", signed(1, 2, 6));
      Var w = t.parameter("w", signed(2, 6, 3));
      Var b = t.parameter("b", signed(3, 3));
      Var y = x.linear(w, b).tanh().mul(x.mean(1)).softmax();
      Var g = t.gradient(y.pick(t.constant("c", Tensor.of(Shape.of(2), new int[] {1, 2}))), x);
      Var big = t.input("big", signed(4, 5, 6));
      Var five = t.constant("c", Tensor.of(Shape.of(5), new int[] {0, 1, 2, 0, 1}));
      Var index =
          t.nodes().stream().filter(n -> n.name().equals("c")).findFirst().orElseThrow().out();
      Var moved = t.substitute(Map.of(x, big, index, five), g).of(g);
      Var afresh = t.gradient(big.linear(w, b).tanh().mul(big.mean(1)).softmax().pick(five), big);
      assertArrayEquals(afresh.value().toFloats(), moved.value().toFloats());
    }
  }

  @Test
  void whatDoesNotDependOnTheGivenIsNotRecordedAgain() {
    try (Tape t = Tape.recording(SCALAR)) {
      Var x = t.input("x", Shape.of(2));
      Var c = t.input("c", Shape.of(2)).exp();
      Var y = x.mul(c);
      Var z = t.input("z", Shape.of(2));
      int before = t.nodes().size();
      t.substitute(Map.of(x, z), y);
      assertEquals(before + 1, t.nodes().size(), t.toString());
    }
  }

  @Test
  void costIsLinearInTheLengthOfTheTape() {
    long small = nodesAfterGradient(1_000);
    long large = nodesAfterGradient(10_000);
    // the same few nodes are appended per recorded node, whatever the length
    assertEquals(small * 10.0, large, small * 0.1);
    gradientNanos(20_000); // warm up
    double ratio = Double.MAX_VALUE;
    for (int i = 0; i < 5; i++) { // the least disturbed of five
      ratio = Math.min(ratio, (double) gradientNanos(64_000) / gradientNanos(4_000));
    }
    // 16 times the length; a quadratic walk would take 256 times as long, this is half way
    assertTrue(ratio < 64, "64 000 nodes took " + ratio + " times as long as 4 000");
  }

  private static long nodesAfterGradient(int length) {
    try (Tape t = Tape.recording(SCALAR)) {
      Var x = t.input("x", Shape.of(2));
      t.gradient(chain(x, length), x);
      return t.nodes().size();
    }
  }

  /** Time of this thread, so that neither the collector nor other programs count. */
  private static long gradientNanos(int length) {
    ThreadMXBean clock = ManagementFactory.getThreadMXBean();
    try (Tape t = Tape.recording(SCALAR)) {
      Var x = t.input("x", Shape.of(2));
      Var y = chain(x, length);
      long start = clock.getCurrentThreadCpuTime();
      t.gradient(y, x);
      return clock.getCurrentThreadCpuTime() - start;
    }
  }

  private static Var chain(Var x, int length) {
    Var y = x;
    for (int i = 0; i < length; i++) {
      y = i % 2 == 0 ? y.tanh() : y.mul(x);
    }
    return y;
  }
}
