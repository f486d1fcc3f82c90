package dev.vitrine.tensor;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
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

  /** Less than this is asked of the system without a look at what it has. */
  private static final long LARGE = 64L << 20;

  /**
   * Milliseconds in which a cleaner that has something to do frees something, on a busy machine.
   */
  private static final int PATIENCE = 100;

  private static final Path LINUX = Path.of("/proc/meminfo");
  private static final AtomicLong held = new AtomicLong();
  private static final AtomicLong threshold = new AtomicLong(FLOOR);

  private Footprint() {}

  /**
   * Counts bytes that are about to be taken. What this machine does not have is refused here: the
   * system would promise it, and end the process when it is written to.
   */
  static void grow(long bytes, String owner) {
    if (bytes >= LARGE && bytes > room()) {
      collect(held.get());
      if (bytes > room()) {
        throw refusal(bytes, owner);
      }
    }
    long now = held.addAndGet(bytes);
    long limit = threshold.get();
    if (now > limit && threshold.compareAndSet(limit, Long.MAX_VALUE)) {
      collect(now);
      threshold.set(Math.max(FLOOR, 2 * held.get()));
    }
  }

  static void shrink(long bytes) {
    held.addAndGet(-bytes);
  }

  static OutOfMemoryError refusal(long bytes, String owner) {
    return new OutOfMemoryError(
        String.format(
            Locale.ROOT,
            "%s needs %,d bytes more, this machine has %,d left; %,d are in use here",
            owner,
            bytes,
            Math.max(0, room()),
            held.get()));
  }

  /** Bytes that can still be had; where nobody says it, those of the machine that are not ours. */
  private static long room() {
    long total =
        ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
            ? system.getTotalMemorySize() // of the container, where it has less
            : Long.MAX_VALUE;
    return Math.min(total - held.get(), available());
  }

  private static long available() {
    try (var lines = Files.lines(LINUX)) {
      return lines
          .filter(l -> l.startsWith("MemAvailable:") || l.startsWith("SwapFree:"))
          .mapToLong(l -> Long.parseLong(l.replaceAll("\\D", "")) << 10)
          .sum();
    } catch (IOException e) {
      return Long.MAX_VALUE;
    }
  }

  /**
   * The cleaner runs in a thread of its own, and takes its time where there are thousands: what it
   * has not freed yet must not count, or each threshold would be twice as high as the last.
   */
  private static void collect(long before) {
    System.gc();
    long least = before;
    for (int still = 0; still < PATIENCE; still++) {
      try {
        Thread.sleep(1);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
      long now = held.get();
      if (now < least) {
        least = now;
        still = 0;
      }
    }
  }

  static long held() {
    return held.get();
  }
}
