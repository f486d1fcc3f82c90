package dev.vitrine.bench.peers;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;

/** What a warm operation takes, about. */
record Warmup(double nanosPerRun) {
  static final Warmup NONE = new Warmup(Double.POSITIVE_INFINITY);

  private static final long LOOK_MILLIS = 250;

  /** Compiling for longer than this while it was being looked at: not warm yet. */
  private static final long QUIET_MILLIS = 5;

  /** How much longer than asked for it may take until the compiler is quiet. */
  private static final int PATIENCE = 10;

  /**
   * Runs for at least {@code millis}, and until the JVM's compiler has nothing more to do for it.
   */
  static Warmup of(Runnable operation, long millis) {
    CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
    long start = System.nanoTime();
    while (true) {
      long compiled = compiler.getTotalCompilationTime();
      long from = System.nanoTime();
      int runs = 0;
      while (System.nanoTime() - from < LOOK_MILLIS * 1_000_000) {
        operation.run();
        runs++;
      }
      long now = System.nanoTime();
      long passed = (now - start) / 1_000_000;
      boolean quiet = compiler.getTotalCompilationTime() - compiled <= QUIET_MILLIS;
      if (passed >= millis && (quiet || passed >= PATIENCE * millis)) {
        return new Warmup((double) (now - from) / runs);
      }
    }
  }
}
