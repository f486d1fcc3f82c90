package dev.vitrine.bench.peers;

import java.util.List;

/** One side of the comparison, alone in its process, on one thread. */
public interface Engine {
  /** Version and what exactly computes, for people. */
  String description();

  /** Makes a workload ready that goes round {@code batches}. */
  Operation of(Workload w, List<Batch> batches);
}
