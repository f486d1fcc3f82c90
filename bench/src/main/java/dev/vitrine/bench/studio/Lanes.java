package dev.vitrine.bench.studio;

import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Quick work is done at once, slow work one by one on a thread of its own, so that who draws never
 * waits for who samples. What is slow is known from the last time; what never ran counts as slow.
 */
final class Lanes implements AutoCloseable {
  private static final double QUICK_MILLISECONDS = 60;
  private static final int WAITING = 8;

  private final Map<Object, Double> known = new ConcurrentHashMap<>();
  private final ExecutorService slow =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.MILLISECONDS,
          new ArrayBlockingQueue<>(WAITING),
          Thread.ofPlatform().name("slow lane").daemon().factory());

  /** What came out, and how long it took, without waiting. */
  record Timed<T>(T result, double milliseconds) {}

  /** Too much slow work waits already. */
  static final class Busy extends RuntimeException {
    private static final long serialVersionUID = 1;

    Busy(Throwable cause) {
      super("%d slow answers are waited for already: try again later".formatted(WAITING), cause);
    }
  }

  /** {@code what}: equal work takes about the same time. */
  <T> Timed<T> run(Object what, Supplier<T> work) {
    Timed<T> done =
        known.getOrDefault(what, Double.MAX_VALUE) < QUICK_MILLISECONDS ? timed(work) : wait(work);
    known.put(what, done.milliseconds);
    return done;
  }

  private static <T> Timed<T> timed(Supplier<T> work) {
    long start = System.nanoTime();
    T result = work.get();
    return new Timed<>(result, (System.nanoTime() - start) * 1e-6);
  }

  private <T> Timed<T> wait(Supplier<T> work) {
    try {
      Future<Timed<T>> done = slow.submit(() -> timed(work));
      return done.get();
    } catch (RejectedExecutionException e) {
      throw new Busy(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped while an answer was waited for", e);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException r -> throw r;
        case Error r -> throw r;
        case null, default -> throw new IllegalStateException(e);
      }
    }
  }

  /** What waits is given up, what runs comes to its end. */
  @Override
  public void close() {
    slow.shutdownNow();
    slow.close();
  }
}
