package dev.vitrine.xai.global;

import dev.vitrine.autodiff.Flow;
import dev.vitrine.autodiff.Tape;
import dev.vitrine.autodiff.Var;
import dev.vitrine.autodiff.compile.Program;
import dev.vitrine.autodiff.compile.Workspace;
import dev.vitrine.nn.Mode;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.Parameter;
import dev.vitrine.nn.data.Dataset;
import dev.vitrine.nn.loss.Loss;
import dev.vitrine.tensor.kernel.Device;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * influence(z, z′) = Σ over checkpoints of η·∇ℓ(w, z)·∇ℓ(w, z′): by how much training on example z
 * made the loss of z′ smaller (Pruthi et al. 2020, TracInCP). The model is taken as it is used, not
 * as it is trained: nothing is dropped out. Products of float32 gradients are added up in binary64,
 * parameter by parameter.
 *
 * @param checkpoints the model as it was at some moments of its training
 * @param loss of a batch; here of each example alone
 * @param device that computes gradients
 */
public record TracIn(List<Checkpoint> checkpoints, Loss loss, Device device) {
  /** Training examples whose gradients are in memory at once. */
  private static final int TOGETHER = 64;

  /** A model as it was when it was trained with this learning rate. */
  public record Checkpoint(Model model, double rate) {}

  public TracIn {
    checkpoints = List.copyOf(checkpoints);
    if (checkpoints.isEmpty()) {
      throw new IllegalArgumentException("no checkpoints given: at least one is needed");
    }
  }

  /**
   * Influences of training examples on others.
   *
   * @param values [others][training]: above 0 it helped, below 0 it harmed
   */
  public record Influence(double[][] values) {
    /** The training examples that helped an example most, the best first. */
    public int[] proponents(int example, int most) {
      return sorted(example, most, -1);
    }

    /** Those that harmed it most, the worst first. */
    public int[] opponents(int example, int most) {
      return sorted(example, most, 1);
    }

    private int[] sorted(int example, int most, int sign) {
      double[] own = values[example];
      return IntStream.range(0, own.length)
          .boxed()
          .sorted(Comparator.<Integer>comparingDouble(i -> sign * own[i]))
          .limit(most)
          .mapToInt(Integer::intValue)
          .toArray();
    }
  }

  /** Of each training example on each of the others. */
  public Influence of(Dataset training, Dataset others) {
    double[][] sums = new double[others.size()][training.size()];
    for (Checkpoint c : checkpoints) {
      try (var gradients = new Gradients(c.model(), loss, others, device)) {
        float[][] theirs = gradients.of(others, 0, others.size());
        for (int from = 0; from < training.size(); from += TOGETHER) {
          float[][] ours = gradients.of(training, from, Math.min(from + TOGETHER, training.size()));
          for (int j = 0; j < theirs.length; j++) {
            for (int i = 0; i < ours.length; i++) {
              sums[j][from + i] += c.rate() * dot(ours[i], theirs[j]);
            }
          }
        }
      }
    }
    return new Influence(sums);
  }

  /**
   * Of each example on itself, Σ η·|∇ℓ|²: large for those that the model could only learn by heart,
   * wrong labels among them.
   */
  public double[] ofThemselves(Dataset training) {
    double[] sums = new double[training.size()];
    for (Checkpoint c : checkpoints) {
      try (var gradients = new Gradients(c.model(), loss, training, device)) {
        for (int i = 0; i < sums.length; i++) {
          float[] g = gradients.of(training, i, i + 1)[0];
          sums[i] += c.rate() * dot(g, g);
        }
      }
    }
    return sums;
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }

  /** ∇ℓ of one example at a time, all trained parameters one behind the other. */
  private static final class Gradients implements AutoCloseable {
    private final Tape tape;
    private final Var x;
    private final Var y;
    private final List<Var> gradients = new ArrayList<>();
    private final Program program;

    Gradients(Model model, Loss loss, Dataset like, Device device) {
      tape = Tape.recording(device);
      x = tape.input("x", like.inputs().shape().with(0, 1));
      y = tape.input("y", like.targets().dtype(), like.targets().shape().with(0, 1));
      Var value = loss.of(model.record(x, Mode.EVALUATION), y);
      List<Var> weights =
          model.parameters().stream().filter(Parameter::isTrained).map(p -> p.on(x)).toList();
      Flow flow = tape.gradients(value, weights);
      for (Var w : weights) {
        Var g = flow.at(w);
        gradients.add(g == null ? w.zeros() : g);
      }
      program = Program.compile(gradients);
    }

    float[][] of(Dataset data, int from, int to) {
      float[][] all = new float[to - from][];
      Workspace w = program.borrow();
      try {
        for (int i = from; i < to; i++) {
          w.tensor(x).set(data.inputs().rows(i, i + 1));
          w.tensor(y).set(data.targets().rows(i, i + 1));
          program.run(w);
          all[i - from] = together(w);
        }
      } finally {
        program.release(w);
      }
      return all;
    }

    private float[] together(Workspace w) {
      float[] all = new float[0];
      for (Var g : gradients) {
        float[] own = w.tensor(g).toFloats();
        int at = all.length;
        all = Arrays.copyOf(all, at + own.length);
        System.arraycopy(own, 0, all, at, own.length);
      }
      return all;
    }

    @Override
    public void close() {
      program.close();
      tape.close();
    }
  }
}
