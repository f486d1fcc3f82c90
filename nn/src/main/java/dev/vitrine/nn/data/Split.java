package dev.vitrine.nn.data;

/** What a model learns from, and what it is judged by. */
public record Split(Dataset train, Dataset test) implements AutoCloseable {
  @Override
  public void close() {
    train.close();
    test.close();
  }
}
