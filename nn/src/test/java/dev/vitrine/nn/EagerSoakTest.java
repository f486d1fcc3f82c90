package dev.vitrine.nn;

import static dev.vitrine.nn.layer.Layers.linear;
import static dev.vitrine.nn.layer.Layers.tanh;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vitrine.autodiff.Flow;
import dev.vitrine.autodiff.Tape;
import dev.vitrine.autodiff.Var;
import dev.vitrine.nn.loss.Losses;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Tapes that nobody closes are freed fast enough: resident memory stays flat. */
class EagerSoakTest {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final int STEPS = 20_000;
  private static final Device SCALAR = Device.of("scalar", 1);

  /** Bytes in real memory. */
  private static long resident() throws IOException {
    return Files.readAllLines(STATUS).stream()
        .filter(l -> l.startsWith("VmRSS:"))
        .mapToLong(l -> Long.parseLong(l.replaceAll("\\D", "")) << 10)
        .findFirst()
        .orElseThrow();
  }

  /** Gradient descent by hand, on an eager tape that is left behind. */
  private static void step(Model m, Tensor x, Tensor y) {
    Tape tape = Tape.eager(SCALAR);
    Var in = tape.input("x", x);
    Var loss = Losses.crossEntropy(m.record(in, Mode.EVALUATION), tape.input("y", y));
    List<Var> weights = m.parameters().stream().map(p -> p.on(in)).toList();
    Flow flow = tape.gradients(loss, weights);
    for (Var w : weights) {
      Var g = Objects.requireNonNull(flow.at(w));
      Tensor moved = w.sub(g.scale(0.1f)).value();
      w.value().set(moved);
    }
  }

  @Test
  void twentyThousandStepsWithoutCloseKeepMemoryFlat() throws IOException {
    if (!Files.exists(STATUS)) {
      System.out.println("skipped: " + STATUS + ", which tells the resident memory, is not here");
    }
    assumeTrue(Files.exists(STATUS), "no " + STATUS);
    try (Model m = Model.sequential(linear(4, 16), tanh(), linear(16, 3))) {
      Tensor x = Tensor.of(Shape.of(8, 4), new float[32]);
      Tensor y = Tensor.of(Shape.of(8), new int[] {0, 1, 2, 0, 1, 2, 0, 1});
      long early = 0;
      long late = 0;
      for (int i = 0; i < STEPS; i++) {
        step(m, x, y);
        if (i % 50 == 0) {
          long now = resident();
          early = i < STEPS / 2 ? Math.max(early, now) : early;
          late = Math.max(late, now);
        }
      }
      System.out.printf(
          "resident at most: %d MiB in the first half, %d MiB in all%n", early >> 20, late >> 20);
      // a tape takes 64 KiB, so 10 000 more would add 620 MiB; the Java heap may still grow by some
      assertTrue(late - early < 256 << 20, "grew by " + ((late - early) >> 20) + " MiB");
    }
  }
}
