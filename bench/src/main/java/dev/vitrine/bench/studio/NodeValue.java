package dev.vitrine.bench.studio;

import dev.vitrine.autodiff.Node;
import dev.vitrine.autodiff.Tape;
import dev.vitrine.tensor.Tensor;
import java.util.stream.IntStream;

/** What a node of the tape holds for a row: feature maps of a layer, or a parameter. */
final class NodeValue implements Answer {
  /** More numbers than this are more than pixels of a page. */
  private static final long MOST = 1 << 20;

  /**
   * @param shape of what it holds
   * @param values its numbers, base64
   */
  record Value(int[] shape, String values, float least, float largest) {}

  @Override
  public Value to(Asked asked) {
    Exhibit exhibit = asked.exhibit();
    Tensor x = asked.x();
    try (Tape tape = TapeNodes.record(exhibit, x)) {
      Node n = tape.nodes().get(asked.number("node", 0, tape.nodes().size() - 1));
      if (n.shape(0).size() > MOST) {
        throw new IllegalArgumentException(
            "node %s holds %d numbers, at most %d can be shown"
                .formatted(n, n.shape(0).size(), MOST));
      }
      float[] values = floats(n);
      float least = Float.POSITIVE_INFINITY;
      float largest = Float.NEGATIVE_INFINITY;
      for (float v : values) {
        least = Math.min(least, v);
        largest = Math.max(largest, v);
      }
      return new Value(n.shape(0).dims(), Floats.encoded(values), least, largest);
    }
  }

  private static float[] floats(Node n) {
    Tensor t = n.out().value();
    if (!n.out().isInteger()) {
      return t.toFloats();
    }
    int[] ints = t.toInts();
    float[] values = new float[ints.length];
    IntStream.range(0, ints.length).forEach(i -> values[i] = ints[i]);
    return values;
  }
}
