package dev.vitrine.xai.rule;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.vitrine.autodiff.Tape;
import dev.vitrine.autodiff.Var;
import dev.vitrine.autodiff.op.MaxPool2d;
import dev.vitrine.autodiff.op.Scatter;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Window;
import dev.vitrine.xai.Nets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is done at the winners alone is what would have been done to the whole image. */
class WinnersTest {
  private static final Shape IMAGES = Shape.of(2, 7, 6, 3);
  private static final MaxPool2d APART = new MaxPool2d(2, 2, new Window(2, 2, 0, 0, 1, 1, 1));
  private static final MaxPool2d LAPPING = new MaxPool2d(3, 3, new Window(2, 2, 1, 1, 1, 1, 1));

  private final Random random = new Random(5);

  private Var images(Tape tape, String name, Shape shape) {
    var values = new float[Math.toIntExact(shape.size())];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat() - 0.5f;
    }
    return tape.input(name, Tensor.of(shape, values));
  }

  /** r/(z + 2)·relu(z), at the winners alone where that is possible. */
  private static Var share(Var r, Var z) {
    return Winners.of(r, (won, at) -> won.div(at.apply(z).shift(2)).mul(at.apply(z.relu())));
  }

  private static void check(Var r, Var z, Var given) {
    assertArrayEquals(unsigned(r.div(z.shift(2)).mul(z.relu())), unsigned(given));
  }

  /** Everywhere else there is a zero, which may have either sign. */
  private static float[] unsigned(Var v) {
    float[] all = v.value().toFloats();
    for (int i = 0; i < all.length; i++) {
      all[i] += 0f;
    }
    return all;
  }

  private static Var pool(MaxPool2d pool, Var z, int output) {
    return z.tape().record(pool, z).out(output);
  }

  @Test
  void winnersOfWindowsThatDoNotOverlap() {
    try (Tape tape = Tape.eager(Nets.SCALAR)) {
      Var z = images(tape, "z", IMAGES);
      Var index = pool(APART, z, 1);
      Var sent = images(tape, "sent", index.shape());
      Var r = sent.scatter(1, 4, index, z);
      Var given = share(r, z);
      check(r, z, given);
      assertEquals(index.shape(), given.node().in(0).shape());
      assertEquals(pool(APART, z, 0).node().op(), Winners.at(z, index).node().op());
    }
  }

  @Test
  void whereWindowsOverlapEverythingIsLookedAt() {
    try (Tape tape = Tape.eager(Nets.SCALAR)) {
      Var z = images(tape, "z", IMAGES);
      Var index = pool(LAPPING, z, 1);
      Var sent = images(tape, "sent", index.shape());
      Var r = sent.scatter(1, 4, index, z);
      Var given = share(r, z);
      check(r, z, given);
      assertFalse(given.node().op() instanceof Scatter);
    }
  }

  @Test
  void winnersMayBeChosenFromTwoImages() {
    try (Tape tape = Tape.eager(Nets.SCALAR)) {
      Var z = images(tape, "z", IMAGES);
      Var other = images(tape, "other", IMAGES);
      Var larger = pool(APART, z, 0).sub(pool(APART, other, 0)).step();
      Var index = larger.select(pool(APART, z, 1), pool(APART, other, 1));
      Var sent = images(tape, "sent", index.shape());
      Var r = sent.scatter(1, 4, index, z);
      Var given = share(r, z);
      check(r, z, given);
      assertInstanceOf(Scatter.class, given.node().op());
    }
  }
}
