package dev.vitrine.bench.studio;

import dev.vitrine.nn.data.Dataset;
import dev.vitrine.tensor.DType;
import org.jspecify.annotations.Nullable;

/** A row that the models were not trained on. */
final class TestRow implements Answer {
  /**
   * @param x its elements, base64
   * @param label its class; null if it has a value
   */
  record Row(int row, String x, @Nullable Integer label) {}

  @Override
  public Row to(Asked asked) {
    Dataset test = asked.showcase().data().test();
    int i = asked.number("row", 0, test.size() - 1);
    boolean labelled = test.targets().dtype() == DType.INT32;
    return new Row(
        i,
        Floats.encoded(test.input(i).toFloats()),
        labelled ? Integer.valueOf(test.label(i)) : null);
  }
}
