package dev.vitrine.xai.inside;

import dev.vitrine.autodiff.Var;
import dev.vitrine.tensor.Philox;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Place;
import dev.vitrine.xai.Question;
import dev.vitrine.xai.Recording;
import dev.vitrine.xai.Subject;
import dev.vitrine.xai.Target;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;

/**
 * argmax over inputs x of the explained number less a penalty, by gradient ascent from noise: what
 * a neuron or a class looks for (Erhan et al. 2009; Olah, Mordvintsev and Schubert 2017). The
 * network sees another part of a larger image at each step, so that nothing depends on single
 * pixels.
 *
 * @param parametrisation what is changed
 * @param steps how many
 * @param rate length of Adam's first step
 * @param jitter pixels by which the part that is seen moves, each way
 * @param l2 of the penalty l2·Σ(x − middle)²/2
 * @param tv of the penalty's total variation, for images
 * @param low smallest value of an input; −∞ = inputs have no range
 * @param high largest one
 * @param seed decides where it begins and how it moves
 */
public record ActivationMaximisation(
    Parametrisation parametrisation,
    int steps,
    double rate,
    int jitter,
    double l2,
    double tv,
    double low,
    double high,
    long seed) {
  private static final int JITTER = 2;

  /** Deviation of the first parameters. */
  private static final double START = 0.01;

  public ActivationMaximisation {
    boolean range = low < high && Double.isFinite(low) == Double.isFinite(high);
    if (steps < 1 || !(rate > 0) || jitter < 0 || !(l2 >= 0) || !(tv >= 0) || !range) {
      throw new IllegalArgumentException(
          "%d steps, rate %s, jitter %d, l2 %s, tv %s, inputs %s to %s: steps and rate above 0,"
                  .formatted(steps, rate, jitter, l2, tv, low, high)
              + " penalties from 0 on and a range, or none, are needed");
    }
  }

  /** Images in [0, 1] by their spectrum: 256 steps of 0.05, 2 pixels of jitter. */
  public static ActivationMaximisation ofImages(long seed) {
    return new ActivationMaximisation(
        new Parametrisation.Fourier(1), 256, 0.05, 2, 0, 0, 0, 1, seed);
  }

  /** Any inputs, number by number and without a range, so with a penalty: l2 = 1. */
  public static ActivationMaximisation ofVectors(long seed) {
    return new ActivationMaximisation(
        new Parametrisation.Pixels(),
        256,
        0.05,
        0,
        1,
        0,
        Double.NEGATIVE_INFINITY,
        Double.POSITIVE_INFINITY,
        seed);
  }

  /** So many steps. */
  public ActivationMaximisation steps(int count) {
    return new ActivationMaximisation(
        parametrisation, count, rate, jitter, l2, tv, low, high, seed);
  }

  /** Penalties. */
  public ActivationMaximisation penalties(double l2, double tv) {
    return new ActivationMaximisation(
        parametrisation, steps, rate, jitter, l2, tv, low, high, seed);
  }

  /** Pixels by which the part that is seen moves. */
  public ActivationMaximisation jitter(int pixels) {
    return new ActivationMaximisation(
        parametrisation, steps, rate, pixels, l2, tv, low, high, seed);
  }

  /** Looks on. */
  @FunctionalInterface
  public interface Listener {
    /**
     * Called before each step.
     *
     * @param step counted from 0
     * @param activations the explained number of what each row's network sees now
     * @return false: enough
     */
    boolean goOn(int step, float[] activations);
  }

  /**
   * What was found.
   *
   * @param images [n, …], as the network takes them
   * @param activations the explained number of each row before each step, [steps][n]
   * @param finished false if it was interrupted
   */
  public record Result(Tensor images, float[][] activations, boolean finished) {}

  private enum Program {
    VALUE_AND_GRADIENT
  }

  /** One image, without anybody looking on. */
  public Result of(Subject subject, Shape row, Target target) {
    return of(subject, row, 1, 0, target, (step, activations) -> true);
  }

  /**
   * Several images, each on its own way: with one target they show how different a neuron's images
   * may be, with a class for each row they are one per class.
   *
   * @param row the shape of an input, without the rows' axis
   * @param n how many
   * @param firstRow the first one's number; what is drawn for a row depends on its number alone
   * @param target must name what is explained
   * @param listener is told of each step; it and an interrupt of the thread end the ascent
   */
  public Result of(
      Subject subject, Shape row, int n, int firstRow, Target target, Listener listener) {
    if (target.classes() == null) {
      throw new IllegalArgumentException(
          "the predicted class of noise means nothing: name one, with Target.of(class)");
    }
    if (row.rank() != 3 && (jitter > 0 || tv > 0)) {
      throw new IllegalArgumentException(
          "jitter %d and tv %s for inputs of shape %s: only images [h, w, c] have them, take 0"
              .formatted(jitter, tv, row));
    }
    Shape canvas =
        row.rank() == 3
            ? Shape.of(row.dim(0) + 2 * jitter, row.dim(1) + 2 * jitter, row.dim(2))
            : row;
    var part = new Part(canvas, row);
    var smoothness = new Smoothness(l2, tv, Double.isFinite(low) ? (low + high) / 2 : 0);
    Painting painting = parametrisation.of(canvas);
    Ascent[] ascents = new Ascent[n];
    Arrays.setAll(ascents, r -> new Ascent(painting, low, high, START, seed, firstRow + r));
    Tensor seen = Tensor.of(row.insert(0, n), new float[n * part.size()]);
    float[][] activations = new float[steps][];
    int done = 0;
    boolean interrupted = Thread.interrupted(); // which would end a step in its middle
    try (Question q = Question.of(subject, seen, firstRow, target)) {
      while (done < steps) {
        int step = done;
        for (int r = 0; r < n; r++) {
          seen.rows(r, r + 1).set(part.of(ascents[r].image(), corner(firstRow + r, step)));
        }
        float[] all =
            q.value(Program.VALUE_AND_GRADIENT, Map.of(), ActivationMaximisation::both).toFloats();
        activations[step] = new float[n];
        for (int r = 0; r < n; r++) {
          activations[step][r] = all[r * (part.size() + 1)];
        }
        interrupted |= Thread.interrupted();
        if (!listener.goOn(step, activations[step].clone()) || interrupted) {
          break;
        }
        for (int r = 0; r < n; r++) {
          double[] g = part.back(all, r * (part.size() + 1) + 1, corner(firstRow + r, step));
          smoothness.subtract(g, ascents[r].image(), canvas);
          ascents[r].step(g, rate);
        }
        done++;
      }
    } catch (CancellationException e) {
      if (!Thread.currentThread().isInterrupted()) {
        throw e;
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    int[] middle = {jitter, jitter};
    for (int r = 0; r < n; r++) {
      seen.rows(r, r + 1).set(part.of(ascents[r].image(), middle));
    }
    float[][] told = Arrays.stream(activations).filter(Objects::nonNull).toArray(float[][]::new);
    return new Result(seen, told, done == steps);
  }

  /** [n, 1 + elements]: the explained number, then its gradient. */
  private static Var both(Recording r) {
    Var gradient = r.gradient(Place.input()).flatten();
    return Var.concat(1, r.explained().insertAxis(1), gradient);
  }

  private int[] corner(int number, int step) {
    int range = 2 * jitter + 1;
    return new int[] {
      Philox.below(range, Philox.pair(seed, number, 0, 0, 0, 0), JITTER, step, 0),
      Philox.below(range, Philox.pair(seed, number, 0, 0, 0, 0), JITTER, step, 1)
    };
  }

  /** The part of a canvas that the network sees, from a corner on; all of it if it is no image. */
  private record Part(Shape canvas, Shape row) {
    int size() {
      return Math.toIntExact(row.size());
    }

    float[] of(double[] image, int[] corner) {
      float[] part = new float[size()];
      for (int i = 0; i < part.length; i++) {
        part[i] = (float) image[at(i, corner)];
      }
      return part;
    }

    double[] back(float[] gradient, int from, int[] corner) {
      double[] whole = new double[Math.toIntExact(canvas.size())];
      for (int i = 0; i < size(); i++) {
        whole[at(i, corner)] = gradient[from + i];
      }
      return whole;
    }

    private int at(int i, int[] corner) {
      if (row.rank() != 3) {
        return i;
      }
      int line = row.dim(1) * row.dim(2);
      int y = i / line + corner[0];
      return y * canvas.dim(1) * row.dim(2) + corner[1] * row.dim(2) + i % line;
    }
  }
}
