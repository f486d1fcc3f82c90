package dev.vitrine.bench.studio;

import dev.vitrine.nn.data.Dataset;
import dev.vitrine.tensor.DType;
import org.jspecify.annotations.Nullable;

/** A row that the models were not trained on. */
final class TestRow implements Answer {
  /**
   * @param x as {@link Showcase#page} has it
   * @param label its class; null if it has a value
   */
  record Row(int row, Object x, @Nullable Integer label) {}

  @Override
  public Row to(Asked asked) {
    Showcase showcase = asked.showcase();
    Dataset test = showcase.data().test();
    int i = asked.number("row", 0, test.size() - 1);
    boolean labelled = test.targets().dtype() == DType.INT32;
    return new Row(
        i,
        showcase.page(test.input(i).toFloats()),
        labelled ? Integer.valueOf(test.label(i)) : null);
  }
}
