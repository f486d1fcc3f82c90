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
    long[] members = members();
    long bytes = Long.MAX_VALUE;
    for (int round = 0; round < 20 && bytes > 0; round++) { // compiling takes a while
      long before = allocated(members);
      for (int i = 0; i < 100; i++) {
        team.tryRun(captured);
      }
      bytes = Math.min(bytes, allocated(members) - before);
    }
    assertEquals(0, bytes, "bytes in 100 replays");
  }

  /** This thread and the workers: what else the JVM does beside them does not count. */
  private static long[] members() {
    Thread self = Thread.currentThread();
    return Thread.getAllStackTraces().keySet().stream()
        .filter(t -> t.equals(self) || t.getName().startsWith("vitrine-cpp-"))
        .mapToLong(Thread::threadId)
        .toArray();
  }

  private static long allocated(long[] threads) {
    long sum = 0;
    for (long id : threads) {
      sum += THREADS.getThreadAllocatedBytes(id);
    }
    return sum;
  }
}
