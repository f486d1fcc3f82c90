package dev.vitrine.bench.peers;

/** A workload made ready: each run does it once, on the next batch. */
public interface Operation extends Runnable, AutoCloseable {
  /** Runs once, and gives the loss before the weights changed; NaN where nothing is trained. */
  default double loss() {
    run();
    return Double.NaN;
  }

  @Override
  void close();
}
