package dev.vitrine.bench.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import dev.vitrine.nn.Model;
import dev.vitrine.tensor.kernel.Device;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * Once the JIT is through, replaying a whole program allocates nothing, on no thread of its team.
 */
class ReplayAllocationTest {
  private static final int REPLAYS = 50;

  /**
   * Bytes per replay on the vector backend: most programs settle at 0, but C2 may leave a few
   * vectors of 80 bytes in boxes, as it has profiled the calls around them; 720 bytes have been
   * seen.
   */
  private static final int BOXES = 2048;

  private static final long PATIENCE = 60_000_000_000L;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @TestFactory
  List<DynamicTest> inCpp() {
    return of("cpp", 1, 2);
  }

  /** C2 takes seconds for a tile; until then its vectors are objects. */
  @Tag("slow")
  @TestFactory
  List<DynamicTest> inJava() {
    return Stream.of(of("vector", 1, 2), of("scalar", 1)).flatMap(List::stream).toList();
  }

  private static List<DynamicTest> of(String backend, int... threads) {
    if (!Networks.backends().contains(backend)) {
      System.out.println("skipped: the " + backend + " backend can't be used here");
      return List.of();
    }
    var tests = new ArrayList<DynamicTest>();
    for (int n : threads) {
      Device device = Device.of(backend, n);
      for (Replayable.Kind kind : Replayable.Kind.values()) {
        tests.add(test("cnn", Networks::cnn, kind, device));
        tests.add(test("mlp", Networks::mlp, kind, device));
      }
    }
    return tests;
  }

  private static DynamicTest test(
      String name, Supplier<Model> network, Replayable.Kind kind, Device device) {
    String what = "%s, %s, %s".formatted(name, kind, device);
    return DynamicTest.dynamicTest(
        what,
        () -> {
          try (Model model = network.get();
              Replayable program = kind.of(model, device)) {
            settles(what, program, device);
          }
        });
  }

  /** Replays until a window allocates nothing, which takes as long as compiling does. */
  private static void settles(String what, Replayable r, Device device) {
    long start = System.nanoTime();
    long room = device.backend().name().equals("vector") ? (long) REPLAYS * BOXES : 0;
    long bytes;
    do {
      bytes = bytes(r, device);
    } while ((bytes < 0 || bytes > room) && System.nanoTime() - start < PATIENCE);
    System.out.printf(
        "%s: %d bytes after %d ms%n", what, bytes, (System.nanoTime() - start) / 1_000_000);
    assertEquals(0, Math.max(0, bytes - room), what + ": bytes too many");
  }

  private static long bytes(Replayable r, Device device) {
    long[] team = team(device);
    long others = sum(team);
    long before = THREADS.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < REPLAYS; i++) {
      r.run();
    }
    long own = THREADS.getCurrentThreadAllocatedBytes() - before;
    return own + sum(team) - others;
  }

  /** The threads of all teams of this backend: those that rest allocate nothing either. */
  private static long[] team(Device device) {
    String prefix = "vitrine-" + device.backend().name() + "-";
    return Thread.getAllStackTraces().keySet().stream()
        .filter(t -> t.getName().startsWith(prefix))
        .mapToLong(Thread::threadId)
        .toArray();
  }

  private static long sum(long[] threads) {
    long sum = 0;
    for (long bytes : THREADS.getThreadAllocatedBytes(threads)) {
      sum += bytes;
    }
    return sum;
  }
}
