package dev.vitrine.tensor;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Off-heap bytes that all owners hold together, and the nudge that frees the forgotten ones.
 *
 * <p>The garbage collector sees a few small Java objects where there are megabytes behind them, so
 * it would let forgotten owners pile up. When the footprint has doubled since the last collection
 * it is asked to run, as the JDK does for direct buffers.
 */
final class Footprint {
  private static final long FLOOR = 256L << 20;
  private static final AtomicLong held = new AtomicLong();
  private static final AtomicLong threshold = new AtomicLong(FLOOR);

  private Footprint() {}

  static void grow(long bytes) {
    long now = held.addAndGet(bytes);
    long limit = threshold.get();
    if (now > limit && threshold.compareAndSet(limit, Long.MAX_VALUE)) {
      System.gc();
      waitForCleaner(now);
      threshold.set(Math.max(FLOOR, 2 * held.get()));
    }
  }

  static void shrink(long bytes) {
    held.addAndGet(-bytes);
  }

  /**
   * The cleaner runs in its own thread; without this short wait the next threshold would be too
   * high.
   */
  private static void waitForCleaner(long before) {
    for (int i = 0; i < 10 && held.get() >= before; i++) {
      try {
        Thread.sleep(1);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  static long held() {
    return held.get();
  }
}
