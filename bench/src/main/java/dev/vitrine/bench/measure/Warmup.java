package dev.vitrine.bench.measure;

import java.io.IOException;

/** What a warm operation takes, about. */
public record Warmup(double nanosPerRun) {
  public static final Warmup NONE = new Warmup(Double.POSITIVE_INFINITY);

  private static final long LOOK_MILLIS = 250;

  /** Code makers that are busy for longer than this in that time: not warm yet. */
  private static final long QUIET_MILLIS = 5;

  private static final long SETTLE_MILLIS = 200;
  private static final int SETTLE_LOOKS = 50;

  /** How much longer than asked for it may take until they are quiet. */
  private static final int PATIENCE = 10;

  /** Runs for at least {@code millis}, and until the JVM has no more code to make for it. */
  public static Warmup of(Runnable operation, long millis) throws IOException {
    var makers = new CodeMakers();
    makers.busy();
    long start = System.nanoTime();
    while (true) {
      long from = System.nanoTime();
      int runs = 0;
      while (System.nanoTime() - from < LOOK_MILLIS * 1_000_000) {
        operation.run();
        runs++;
      }
      long now = System.nanoTime();
      long passed = (now - start) / 1_000_000;
      boolean quiet = makers.busy() <= QUIET_MILLIS * 1_000_000;
      if (passed >= millis && (quiet || passed >= PATIENCE * millis)) {
        return new Warmup((double) (now - from) / runs);
      }
    }
  }

  /** Waits until the JVM has no more code to make, ten seconds at most. */
  public static void settle() throws IOException, InterruptedException {
    var makers = new CodeMakers();
    makers.busy();
    for (int look = 0; look < SETTLE_LOOKS; look++) {
      Thread.sleep(SETTLE_MILLIS);
      if (makers.busy() <= QUIET_MILLIS * 1_000_000) {
        return;
      }
    }
  }
}
