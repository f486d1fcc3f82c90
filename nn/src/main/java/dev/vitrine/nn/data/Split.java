package dev.vitrine.nn.data;

import org.jspecify.annotations.Nullable;

/**
 * What a model learns from, and what it is judged by.
 *
 * @param encoding how rows became numbers, and how numbers become rows again; null where the inputs
 *     are what was measured, as pixels are
 */
public record Split(Dataset train, Dataset test, @Nullable Encoding encoding)
    implements AutoCloseable {
  /** Refuses test rows of another shape than the training rows: minutes later would be too late. */
  public Split {
    var learned = train.inputs().shape().without(0);
    var judged = test.inputs().shape().without(0);
    if (!learned.equals(judged)) {
      throw new IllegalArgumentException(
          "%s has rows of shape %s, %s of shape %s; both must be the same"
              .formatted(train.name(), learned, test.name(), judged));
    }
  }

  /** Inputs as they were measured. */
  public Split(Dataset train, Dataset test) {
    this(train, test, null);
  }

  @Override
  public void close() {
    train.close();
    test.close();
  }
}
