package dev.vitrine.nn.data;

import dev.vitrine.tensor.DType;
import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Philox;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Device;
import dev.vitrine.tensor.kernel.Fold;
import dev.vitrine.tensor.kernel.Team;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.util.List;

/**
 * Rows x[n, …] with what is to be predicted of each: a label y[n] (int32) or values y[n, k]
 * (float32).
 *
 * <p>Every number is finite and every label names a class: both are checked here, once. The data
 * set owns the memory of its tensors; {@link #slice slices} and {@link #input inputs} are views of
 * it.
 */
public final class Dataset implements AutoCloseable {
  private final String name;
  private final Tensor inputs;
  private final Tensor targets;
  private final List<String> classes;
  private final List<String> features;
  private final boolean view;

  private Dataset(
      String name,
      Tensor inputs,
      Tensor targets,
      List<String> classes,
      List<String> features,
      boolean view) {
    this.name = name;
    this.inputs = inputs;
    this.targets = targets;
    this.classes = List.copyOf(classes);
    this.features = List.copyOf(features);
    this.view = view;
  }

  /** Rows with a class each: inputs [n, …], labels [n] in 0 to classes − 1. */
  public static Dataset labelled(String name, Tensor inputs, Tensor labels, List<String> classes) {
    return labelled(name, inputs, labels, classes, List.of());
  }

  /** The same for a table: inputs [n, f] and f feature names. */
  public static Dataset labelled(
      String name, Tensor inputs, Tensor labels, List<String> classes, List<String> features) {
    if (labels.dtype() != DType.INT32 || labels.shape().rank() != 1) {
      throw new IllegalArgumentException(
          "%s: labels must be int32 of shape [n], they are %s of shape %s"
              .formatted(name, labels.dtype(), labels.shape()));
    }
    checkRows(name, inputs, labels, features);
    for (var i = 0; i < labels.size(); i++) {
      var label = labels.intAt(i);
      if (label < 0 || label >= classes.size()) {
        throw new IllegalArgumentException(
            "%s, row %d: label %d is none of the %d classes; labels count from 0"
                .formatted(name, i, label, classes.size()));
      }
    }
    return new Dataset(name, inputs, labels, classes, features, false);
  }

  /** Rows with k values each: inputs [n, …], values [n, k]. */
  public static Dataset valued(String name, Tensor inputs, Tensor values, List<String> features) {
    if (values.dtype() != DType.FLOAT32 || values.shape().rank() != 2) {
      throw new IllegalArgumentException(
          "%s: target values must be float32 of shape [n, k], they are %s of shape %s"
              .formatted(name, values.dtype(), values.shape()));
    }
    checkRows(name, inputs, values, features);
    checkFinite(name, "target value", values);
    return new Dataset(name, inputs, values, List.of(), features, false);
  }

  private static void checkRows(String name, Tensor inputs, Tensor targets, List<String> features) {
    var shape = inputs.shape();
    if (inputs.dtype() != DType.FLOAT32 || shape.rank() < 2) {
      throw new IllegalArgumentException(
          "%s: inputs must be float32 of shape [n, …], they are %s of shape %s"
              .formatted(name, inputs.dtype(), shape));
    }
    if (shape.dim(0) != targets.shape().dim(0)) {
      throw new IllegalArgumentException(
          "%s: inputs have shape %s, targets %s; the leading extents (rows) must be equal"
              .formatted(name, shape, targets.shape()));
    }
    if (!features.isEmpty() && (shape.rank() != 2 || shape.dim(1) != features.size())) {
      throw new IllegalArgumentException(
          "%s: %d feature names given for inputs of shape %s"
              .formatted(name, features.size(), shape));
    }
    checkFinite(name, "input", inputs);
  }

  private static void checkFinite(String name, String what, Tensor values) {
    for (var i = 0L; i < values.size(); i++) {
      if (!Float.isFinite(values.at(i))) {
        var row = values.size() / values.shape().dim(0);
        throw new IllegalArgumentException(
            "%s, row %d: %s %d is %s; remove or repair the row"
                .formatted(name, i / row, what, i % row, values.at(i)));
      }
    }
  }

  public String name() {
    return name;
  }

  /** Number of rows. */
  public int size() {
    return inputs.shape().dim(0);
  }

  /** All inputs, [n, …]. */
  public Tensor inputs() {
    return inputs;
  }

  /** All targets: int32 [n] or float32 [n, k]. */
  public Tensor targets() {
    return targets;
  }

  /** Names of the classes, in the order of the labels; empty if the targets are values. */
  public List<String> classes() {
    return classes;
  }

  /** Names of the input columns; empty if they have none (images). */
  public List<String> features() {
    return features;
  }

  /** Row i alone, [1, …]: a view. */
  public Tensor input(int i) {
    return inputs.rows(i, i + 1);
  }

  /** The class of row i. */
  public int label(int i) {
    if (targets.dtype() != DType.INT32) {
      throw new IllegalStateException(name + " has values for targets, not labels; see targets()");
    }
    return targets.intAt(i);
  }

  /** Rows {@code from} (inclusive) to {@code to} (exclusive): a view, which need not be closed. */
  public Dataset slice(int from, int to) {
    return new Dataset(
        name, inputs.rows(from, to), targets.rows(from, to), classes, features, true);
  }

  /**
   * Two classes as one value, y[n, 1] = label: what a logistic loss wants. A copy with memory of
   * its own.
   */
  public Dataset binary() {
    if (classes.size() != 2) {
      throw new IllegalArgumentException(
          name + " has " + classes.size() + " classes; one value tells two apart");
    }
    var memory = new Memory(name);
    var values = memory.floats(Shape.of(size(), 1));
    for (var i = 0; i < size(); i++) {
      values.put(i, label(i));
    }
    return new Dataset(
        name, memory.floats(inputs.shape()).set(inputs), values, classes, features, false);
  }

  /**
   * Copies rows {@code order[from]} to {@code order[to − 1]} into x and y, which hold to − from
   * rows. Nothing is allocated.
   */
  public void gather(int[] order, int from, int to, Tensor x, Tensor y) {
    try {
      gather(inputs, order, from, to, x);
      gather(targets, order, from, to, y);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /**
   * Copies rows {@code rows}, int32 [n], into x and y as a device does it: one with a memory of its
   * own keeps this data set there.
   */
  public void gather(Device device, Tensor rows, Tensor x, Tensor y) {
    Team.Task both =
        k -> {
          k.gather(Fold.of(inputs.shape(), 0), inputs, rows, x);
          k.gather(Fold.of(targets.shape(), 0), targets, rows, y);
        };
    Tensor[] all = {inputs, targets, rows, x, y};
    Memory.hold(() -> device.run(both, x.size()), all);
    Reference.reachabilityFence(this);
  }

  private void gather(Tensor all, int[] order, int from, int to, Tensor into) {
    var row = size() == 0 ? 0 : all.size() / size();
    if (into.dtype() != all.dtype() || into.size() != row * (to - from)) {
      throw new IllegalArgumentException(
          "%s: %d rows of %s %s do not fill %s %s"
              .formatted(name, to - from, all.dtype(), all.shape(), into.dtype(), into.shape()));
    }
    var bytes = row * DType.BYTES;
    all.owner().enter();
    try {
      for (var i = from; i < to; i++) {
        MemorySegment.copy(
            all.segment(), order[i] * bytes, into.segment(), (i - from) * bytes, bytes);
      }
    } finally {
      all.owner().exit();
    }
  }

  /** The order in which an epoch sees the rows: a permutation that (seed, epoch) decides. */
  public int[] order(long seed, int epoch) {
    return Philox.permutation(seed, Streams.SHUFFLED_ROWS, epoch, size());
  }

  /** Frees the tensors, and with them all views; does nothing for a slice. */
  @Override
  public void close() {
    if (!view) {
      inputs.owner().close();
      targets.owner().close();
    }
  }

  @Override
  public String toString() {
    return "%s: %d rows %s".formatted(name, size(), inputs.shape());
  }
}
