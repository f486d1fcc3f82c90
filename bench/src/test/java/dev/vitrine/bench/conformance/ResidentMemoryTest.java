package dev.vitrine.bench.conformance;

import static dev.vitrine.nn.layer.Layers.avgPool2d;
import static dev.vitrine.nn.layer.Layers.conv2d;
import static dev.vitrine.nn.layer.Layers.flatten;
import static dev.vitrine.nn.layer.Layers.linear;
import static dev.vitrine.nn.layer.Layers.maxPool2d;
import static dev.vitrine.nn.layer.Layers.relu;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vitrine.nn.Model;
import dev.vitrine.tensor.kernel.Device;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;

/** However often programs are replayed, or made and closed, memory stays flat. */
@Tag("slow")
class ResidentMemoryTest {
  private static final Path STATUS = Path.of("/proc/self/status");

  /**
   * 50 000 replays that each lost 100 bytes would take 5 MB; code that the JIT still makes in the
   * second half has taken 1.5 MB.
   */
  private static final long ROOM = 4 << 20;

  private static final BufferPoolMXBean DIRECT =
      ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
          .filter(b -> b.getName().equals("direct"))
          .findFirst()
          .orElseThrow();

  @BeforeEach
  void skipAloudWhereNobodyTells() {
    if (!Files.exists(STATUS)) {
      System.out.println("skipped: " + STATUS + ", which tells the resident memory, is not here");
    }
    assumeTrue(Files.exists(STATUS), "no " + STATUS);
  }

  /** Bytes in real memory. */
  private static long resident() throws IOException {
    try (var lines = Files.lines(STATUS)) {
      return lines
          .filter(l -> l.startsWith("VmRSS:"))
          .mapToLong(l -> Long.parseLong(l.replaceAll("\\D", "")) << 10)
          .findFirst()
          .orElseThrow();
    }
  }

  /** In the second half of the rounds resident memory rises no more. */
  private static void flat(String what, int rounds, Runnable round) throws IOException {
    long start = System.nanoTime();
    long early = 0;
    long late = 0;
    for (int i = 0; i < rounds; i++) {
      round.run();
      if (i % (rounds / 100) == 0) {
        long now = resident();
        early = i < rounds / 2 ? Math.max(early, now) : early;
        late = Math.max(late, now);
      }
    }
    System.out.printf(
        "%s: %d rounds in %d s, resident %d KiB, then at most %d KiB%n",
        what, rounds, (System.nanoTime() - start) / 1_000_000_000, early >> 10, late >> 10);
    assertTrue(late - early < ROOM, what + " grew by " + ((late - early) >> 10) + " KiB");
  }

  @TestFactory
  List<DynamicTest> aHundredThousandTrainingSteps() {
    return onEachBackend(
        1,
        device -> {
          try (Model m = small();
              Replayable r = Replayable.Kind.TRAINING.of(m, device)) {
            flat("training steps, " + device, 100_000, r::run);
          }
        });
  }

  /** Fewer: where two threads share a core with others, they wait for each other. */
  @TestFactory
  List<DynamicTest> twentyThousandReplaysOfATeam() {
    return onEachBackend(
        2,
        device -> {
          try (Model m = Networks.mlp();
              Replayable r = Replayable.Kind.FORWARD.of(m, device)) {
            flat("replays of a team, " + device, 20_000, r::run);
          }
        });
  }

  /** Counted where Java takes memory outside its heap: the heap itself may grow meanwhile. */
  @TestFactory
  List<DynamicTest> aThousandProgramsGiveBackWhatTheyTook() {
    return onEachBackend(
        1,
        device -> {
          try (Model m = small()) {
            program(m, device);
            long before = outsideTheHeap();
            for (int i = 0; i < 1_000; i++) {
              program(m, device);
            }
            long kept = outsideTheHeap() - before;
            System.out.printf("1000 programs, %s: %d bytes kept%n", device, kept);
            // a byte of each program: the records of its calls alone take thousands
            assertTrue(kept < 1_000, "kept " + kept + " bytes");
          }
        });
  }

  private static void program(Model m, Device device) {
    try (Replayable r = Replayable.Kind.TRAINING.of(m, device)) {
      r.run();
    }
  }

  /** Bytes, once no collection frees any more. */
  private static long outsideTheHeap() throws InterruptedException {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 10; i++) {
      System.gc();
      Thread.sleep(50); // what is freed is freed by cleaners of other threads
      least = Math.min(least, DIRECT.getMemoryUsed());
    }
    return least;
  }

  /** Kernels of all families in a few microseconds. */
  private static Model small() {
    return Model.sequential(
        avgPool2d(4), conv2d(1, 4, 3), relu(), maxPool2d(2), flatten(), linear(16, 10));
  }

  private interface Check {
    void on(Device device) throws Exception;
  }

  private static List<DynamicTest> onEachBackend(int threads, Check check) {
    return Networks.backends().stream()
        .map(name -> {
          Executable test = () -> check.on(Device.of(name, threads));
          return DynamicTest.dynamicTest(name, test);
        })
        .toList();
  }
}
