package dev.vitrine.bench.studio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class LanesTest {
  private static String await(CountDownLatch latch) {
    try {
      latch.await();
      return "done";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "stopped";
    }
  }

  @Test
  void quickWorkNeverWaitsForSlowWorkAndThereIsAnEndToWaiting() throws Exception {
    try (var lanes = new Lanes();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      lanes.run("quick", () -> 1);
      var begun = new CountDownLatch(1);
      var end = new CountDownLatch(1);
      var all = new ArrayList<Future<String>>();
      all.add(
          threads.submit(() ->
              lanes
                  .run(
                      "slow",
                      () -> {
                        begun.countDown();
                        return await(end);
                      })
                  .result()));
      begun.await();
      assertEquals(2, lanes.run("quick", () -> 2).result());
      int refused = 0;
      for (int i = 0; i < 20; i++) {
        all.add(threads.submit(() -> lanes.run("slow", () -> await(end)).result()));
      }
      while (refused < 12) { // 8 of 20 may wait
        refused = (int) all.stream().filter(f -> f.state() == Future.State.FAILED).count();
        Thread.sleep(1);
      }
      end.countDown();
      assertEquals("done", all.getFirst().get());
    }
  }

  @Test
  void whatGoesWrongIsHandedOn() {
    try (var lanes = new Lanes()) {
      assertThrows(
          IllegalArgumentException.class,
          () ->
              lanes.run(
                  "bad",
                  () -> {
                    throw new IllegalArgumentException("no");
                  }));
    }
  }
}
