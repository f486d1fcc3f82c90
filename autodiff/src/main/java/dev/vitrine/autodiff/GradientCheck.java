package dev.vitrine.autodiff;

import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Philox;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Device;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * Compares gradients with central differences along random directions: one number per direction
 * instead of one per element, as HIPS/autograd does.
 */
public final class GradientCheck {
  private GradientCheck() {}

  /**
   * The slope of Σ c·f(x) along a random direction, by the tape and by differences. {@code scale}
   * is the length of the two slopes' parts, which their difference should be judged against.
   */
  public record Slopes(double tape, double differences, double scale) {
    /** |tape − differences| over the scale. */
    public double error() {
      return Math.abs(tape - differences) / scale;
    }
  }

  /**
   * Checks {@code f} at {@code inputs}: steps of {@code h} along ±1 directions drawn from {@code
   * seed}, and output weights c drawn uniformly from [½, 1½).
   */
  public static Slopes along(
      Device device, Function<List<Var>, Var> f, double h, long seed, Tensor... inputs) {
    double slope = 0;
    double scale = 1e-12;
    try (Tape tape = Tape.eager(device)) {
      List<Var> x = leaves(tape, inputs);
      Var y = f.apply(x);
      Var c = tape.constant("c", weights(y, seed));
      Flow flow = tape.backward(y, c, x, RuleSet.GRADIENT);
      for (int k = 0; k < inputs.length; k++) {
        Var g = flow.at(x.get(k));
        for (long i = 0; g != null && i < inputs[k].size(); i++) {
          double part = g.value().at(i) * direction(seed, k, i);
          slope += part;
          scale += Math.abs(part);
        }
      }
    }
    double up = value(device, f, h, seed, inputs);
    double down = value(device, f, -h, seed, inputs);
    return new Slopes(slope, (up - down) / (2 * h), scale);
  }

  private static double value(
      Device device, Function<List<Var>, Var> f, double h, long seed, Tensor... inputs) {
    try (Tape tape = Tape.eager(device);
        Memory memory = new Memory("moved inputs")) {
      Tensor[] moved = new Tensor[inputs.length];
      for (int k = 0; k < inputs.length; k++) {
        moved[k] = memory.floats(inputs[k].shape());
        for (long i = 0; i < inputs[k].size(); i++) {
          moved[k].put(i, (float) (inputs[k].at(i) + h * direction(seed, k, i)));
        }
      }
      Var y = f.apply(leaves(tape, moved));
      Tensor c = weights(y, seed);
      double sum = 0;
      for (long i = 0; i < c.size(); i++) {
        sum += (double) c.at(i) * y.value().at(i);
      }
      return sum;
    }
  }

  private static List<Var> leaves(Tape tape, Tensor[] inputs) {
    return Arrays.stream(inputs).map(t -> tape.input("x", t)).toList();
  }

  private static Tensor weights(Var y, long seed) {
    Tensor c = new Memory("weights").floats(y.shape());
    for (long i = 0; i < c.size(); i++) {
      c.put(i, 0.5f + Philox.uniformAt(seed, 1, 0, 0, i));
    }
    return c;
  }

  private static int direction(long seed, int input, long i) {
    return Philox.uniformAt(seed, 0, 0, input, i) < 0.5f ? -1 : 1;
  }
}
