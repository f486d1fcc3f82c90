package dev.vitrine.nn.train;

import org.jspecify.annotations.Nullable;

/** Told what happens during training; all methods are called by the training thread. */
public interface Callback {
  /** After each step. Must not keep {@code s}, which is used again. */
  default void step(Moment s) {}

  /** After each epoch. */
  default void epoch(Epoch e) {}

  /** Where training is now; one object that changes. */
  final class Moment {
    int epoch;
    int epochs;
    int row;
    int rows;
    float loss;
    double rate;
    double rowsPerSecond;

    Moment() {}

    /** Counts from 0. */
    public int epoch() {
      return epoch;
    }

    public int epochs() {
      return epochs;
    }

    /** Rows of this epoch done so far. */
    public int row() {
      return row;
    }

    /** Rows of one epoch. */
    public int rows() {
      return rows;
    }

    /** Loss of the last batch, before its update. */
    public float loss() {
      return loss;
    }

    /** Learning rate of the last step. */
    public double rate() {
      return rate;
    }

    public double rowsPerSecond() {
      return rowsPerSecond;
    }

    /** Seconds until the last epoch ends, at this speed. */
    public double secondsLeft() {
      return ((double) (epochs - epoch) * rows - row) / Math.max(rowsPerSecond, 1e-9);
    }
  }

  /**
   * A finished epoch.
   *
   * @param number counts from 0
   * @param loss mean over the rows, each before the update of its batch
   * @param seconds time taken by this process; 0 if another one ran it
   * @param validation on the validation rows; null if there are none
   */
  record Epoch(int number, double loss, double seconds, @Nullable Evaluation validation) {}
}
