package dev.vitrine.bench.peers;

import java.util.List;

/** One row of the table: what is done with a network, {@code batch} rows at a time. */
public record Workload(String id, Task task, Network network, int batch) {
  /** What one operation is. */
  public enum Task {
    /** Forward, loss, backward, update. */
    TRAIN,
    /** The outputs. */
    INFER,
    /** |df/dx| of the target's logit. */
    SALIENCY,
    /** Integrated gradients from zero, {@value #STEPS} midpoints. */
    INTEGRATED_GRADIENTS,
    /**
     * A process of its own, from its start over {@value #FRESH_STEPS} training steps to its end.
     */
    FRESH
  }

  /** Points on the path of integrated gradients. */
  public static final int STEPS = 50;

  /** An epoch of 60 000 rows. */
  public static final int FRESH_STEPS = 938;

  /** All of them, in the order of the table. */
  public static final List<Workload> ALL =
      List.of(
          new Workload("W1-64", Task.TRAIN, Network.MLP, 64),
          new Workload("W1-128", Task.TRAIN, Network.MLP, 128),
          new Workload("W2-32", Task.TRAIN, Network.SMALL, 32),
          new Workload("W3-32", Task.TRAIN, Network.TABLE, 32),
          new Workload("W4-32", Task.TRAIN, Network.CNN, 32),
          new Workload("W4-128", Task.TRAIN, Network.CNN, 128),
          new Workload("W5-1", Task.INFER, Network.CNN, 1),
          new Workload("W5-32", Task.INFER, Network.CNN, 32),
          new Workload("W5-256", Task.INFER, Network.CNN, 256),
          new Workload("W6-64", Task.SALIENCY, Network.CNN, 64),
          new Workload("W7-cnn-32", Task.INTEGRATED_GRADIENTS, Network.CNN, 32),
          new Workload("W7-cnn-1", Task.INTEGRATED_GRADIENTS, Network.CNN, 1),
          new Workload("W7-mlp-32", Task.INTEGRATED_GRADIENTS, Network.MLP, 32),
          new Workload("W9", Task.FRESH, Network.MLP, 64));

  /** The workload of this id. */
  public static Workload of(String id) {
    return ALL.stream()
        .filter(w -> w.id.equals(id))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "no workload is called \"%s\"; there are %s"
                    .formatted(id, String.join(",", ALL.stream().map(Workload::id).toList()))));
  }

  /** True if an operation changes the weights. */
  public boolean trains() {
    return task == Task.TRAIN || task == Task.FRESH;
  }
}
