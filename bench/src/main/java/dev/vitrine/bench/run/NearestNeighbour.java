package dev.vitrine.bench.run;

import dev.vitrine.autodiff.Tape;
import dev.vitrine.autodiff.Var;
import dev.vitrine.nn.data.Dataset;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Device;

/** The class of the training row at the smallest Euclidean distance: what memory alone achieves. */
final class NearestNeighbour {
  private static final int BATCH = 250;

  private NearestNeighbour() {}

  static double accuracy(Dataset train, Dataset test, Device device) {
    int right = 0;
    for (int from = 0; from < test.size(); from += BATCH) {
      int to = Math.min(from + BATCH, test.size());
      int[] nearest = nearest(train.inputs(), test.inputs().rows(from, to), device);
      for (int i = 0; i < nearest.length; i++) {
        right += train.label(nearest[i]) == test.label(from + i) ? 1 : 0;
      }
    }
    return (double) right / test.size();
  }

  /** argmin_j |t_j|² − 2·q·t_j, which orders as |q − t_j|² does. */
  private static int[] nearest(Tensor train, Tensor query, Device device) {
    try (Tape tape = Tape.eager(device)) {
      Var t = tape.constant("train", flat(train));
      Var q = tape.constant("query", flat(query));
      Var squares = t.square().sum(1).reshape(1, -1);
      Var distances = squares.sub(q.matmul(t, false, true).scale(2));
      return distances.min(1).node().out(1).value().toInts();
    }
  }

  private static Tensor flat(Tensor x) {
    int n = x.shape().dim(0);
    return x.reshape(Shape.of(n, Math.toIntExact(x.size() / n)));
  }
}
