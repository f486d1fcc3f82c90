package dev.vitrine.nn.data;

/** What a model learns from, and what it is judged by. */
public record Split(Dataset train, Dataset test) implements AutoCloseable {
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

  @Override
  public void close() {
    train.close();
    test.close();
  }
}
