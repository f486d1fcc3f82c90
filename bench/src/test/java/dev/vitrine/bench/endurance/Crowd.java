package dev.vitrine.bench.endurance;

import dev.vitrine.tensor.kernel.Backend;
import dev.vitrine.tensor.kernel.Device;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Threads that begin together and must all end: where one hangs, the test fails and says where. */
final class Crowd {
  private static final int PATIENCE_SECONDS = 60;

  private final List<FutureTask<?>> tasks = new ArrayList<>();

  Crowd(List<? extends Callable<?>> work) {
    var begin = new CountDownLatch(1);
    for (Callable<?> w : work) {
      var task =
          new FutureTask<>(() -> {
            begin.await();
            return w.call();
          });
      tasks.add(task);
      Thread.ofPlatform().daemon().name("crowd " + tasks.size()).start(task);
    }
    begin.countDown();
  }

  /** Waits for all, which take a moment; hands on what one of them threw. */
  void join() throws Exception {
    join(PATIENCE_SECONDS);
  }

  /** Waits so long for each. */
  void join(int seconds) throws Exception {
    for (FutureTask<?> t : tasks) {
      try {
        t.get(seconds, TimeUnit.SECONDS);
      } catch (ExecutionException e) {
        switch (e.getCause()) {
          case Exception x -> throw x;
          case Error x -> throw x;
          case null, default -> throw e;
        }
      } catch (TimeoutException e) {
        throw new AssertionError("no end after %d s: %s".formatted(seconds, places()), e);
      }
    }
  }

  private String places() {
    var text = new StringBuilder();
    Thread.getAllStackTraces()
        .forEach((thread, frames) ->
            text.append("\n").append(thread.getName()).append(" ").append(Arrays.toString(frames)));
    return text.toString();
  }

  /** Every backend of processors that is here, alone and in teams; the reference first. */
  static List<Device> devices() {
    var all = new ArrayList<>(List.of(Device.of("scalar", 1)));
    for (Backend b : Device.backends()) {
      for (int n = 1; b.threaded() && !b.remote() && b.unavailable() == null && n <= 3; n++) {
        all.add(Device.of(b.name(), n));
      }
    }
    return all;
  }
}
