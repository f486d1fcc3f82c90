package dev.vitrine.tensor.kernel;

/** Calls of kernels that are made again and again. */
@FunctionalInterface
public interface Replay {
  void run();

  /**
   * From now on the calls read at the address {@code to} what they read at {@code from}, so many
   * bytes. What asks its operands for their addresses whenever it runs has nothing to do.
   */
  default void move(long from, long bytes, long to) {}
}
