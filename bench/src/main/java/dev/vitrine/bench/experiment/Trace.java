package dev.vitrine.bench.experiment;

import dev.vitrine.nn.Model;
import dev.vitrine.nn.train.Callback;
import java.util.ArrayList;
import java.util.List;

/**
 * The beginnings of the model's hashes after each step of a training, so that two trainings can be
 * told apart by the step.
 *
 * @param epochs of each epoch the hashes of its steps, {@value #DIGITS} digits each
 */
public record Trace(List<String> epochs) {
  /** 32 bits: two of a few thousand different states look alike once in a million trainings. */
  private static final int DIGITS = 8;

  /** After so many steps of this epoch the models differ; both count from 1. */
  public record Place(int epoch, int step) {
    @Override
    public String toString() {
      return "step %d of epoch %d".formatted(step, epoch);
    }
  }

  /** Writes the trace of a model while it is trained. */
  static final class Recorder implements Callback {
    private final Model model;
    private final List<String> epochs = new ArrayList<>();
    private final StringBuilder steps = new StringBuilder();

    Recorder(Model model) {
      this.model = model;
    }

    @Override
    public void step(Moment m) {
      steps.append(model.hash(), 0, DIGITS);
    }

    @Override
    public void epoch(Epoch e) {
      epochs.add(steps.toString());
      steps.setLength(0);
    }

    Trace trace() {
      return new Trace(List.copyOf(epochs));
    }
  }

  /**
   * The first step after which two trainings of as many steps differ, by bisection: a step is a
   * function of the state before it, so states that once differ go on to differ.
   */
  Place firstDifference(Trace other) {
    String ours = String.join("", epochs);
    String theirs = String.join("", other.epochs);
    int same = 0; // steps that are known to be the same
    int different = Math.min(ours.length(), theirs.length()) / DIGITS; // after these they differ
    while (different - same > 1) {
      int middle = (same + different) >>> 1;
      if (ours.regionMatches((middle - 1) * DIGITS, theirs, (middle - 1) * DIGITS, DIGITS)) {
        same = middle;
      } else {
        different = middle;
      }
    }
    return place(different);
  }

  private Place place(int steps) {
    int left = steps;
    for (int e = 0; e < epochs.size(); e++) {
      int here = epochs.get(e).length() / DIGITS;
      if (left <= here) {
        return new Place(e + 1, left);
      }
      left -= here;
    }
    throw new IllegalArgumentException("step " + steps + " of a shorter training");
  }
}
