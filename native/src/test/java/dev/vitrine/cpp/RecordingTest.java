package dev.vitrine.cpp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Replay;
import dev.vitrine.tensor.kernel.Team;
import dev.vitrine.tensor.kernel.Unary;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class RecordingTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void replaysOfATeamAllocateNothing() {
    var backend = new CppBackend();
    assumeTrue(backend.unavailable() == null, () -> "cpp: " + backend.unavailable());
    var team = new Team(backend, 2);
    Tensor x = Tensor.of(Shape.of(50_000), new float[50_000]);
    Tensor few = Tensor.of(Shape.of(5), new float[5]);
    Replay[] captured =
        team.captured(k -> {
          k.map(Unary.TANH, 0, 0, x, x);
          k.fill(1, few);
          k.fill(2, few);
          k.map(Unary.TANH, 0, 0, x, x);
        });
    long bytes = Long.MAX_VALUE;
    for (int round = 0; round < 20 && bytes > 0; round++) { // others may allocate beside us
      long before = THREADS.getTotalThreadAllocatedBytes();
      for (int i = 0; i < 100; i++) {
        team.tryRun(captured);
      }
      bytes = Math.min(bytes, THREADS.getTotalThreadAllocatedBytes() - before);
    }
    assertEquals(0, bytes, "bytes in 100 replays");
  }
}
