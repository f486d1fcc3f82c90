package dev.vitrine.bench.kernels;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Kernels;
import java.util.SplittableRandom;

/** One kernel on one set of operands, ours and that of a library: off-heap, on 64-byte lines. */
interface Duel extends AutoCloseable {
  /** Floating-point operations of one call. */
  double flops();

  /** One call of ours. */
  void ours(Kernels kernels);

  /** One call of the library's. */
  void theirs();

  /** Refuses if the last results of both differ by more than roundings. */
  void compare();

  @Override
  void close();

  /** Uniform in [−½, ½). */
  static Tensor drawn(Tensor t, SplittableRandom random) {
    for (long i = 0; i < t.size(); i++) {
      t.put(i, (float) random.nextDouble(-0.5, 0.5));
    }
    return t;
  }

  /** Both are sums of {@code terms} products below ¼: they differ by roundings, 1e-7 a term. */
  static void compare(Tensor ours, Tensor theirs, int terms) {
    double bound = 1e-7 * terms;
    for (long i = 0; i < ours.size(); i++) {
      if (!(Math.abs(ours.at(i) - theirs.at(i)) <= bound)) {
        throw new IllegalStateException(
            "element %d of %s: ours is %s, the library's %s"
                .formatted(i, ours.shape(), ours.at(i), theirs.at(i)));
      }
    }
  }
}
