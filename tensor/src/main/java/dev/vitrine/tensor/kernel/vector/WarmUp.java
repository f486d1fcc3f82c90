package dev.vitrine.tensor.kernel.vector;

import static dev.vitrine.tensor.kernel.vector.Lanes.WIDTH;
import static dev.vitrine.tensor.kernel.vector.Panels.TILE;

import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Shape;
import java.lang.foreign.MemorySegment;

/**
 * Gets the tiles compiled while {@link PlainTile} does their work.
 *
 * <p>A tile holds more vectors than C1 has virtual registers, so it is interpreted, a thousand
 * times slower, until it has been called often enough for C2. Real tiles are long, and would take a
 * minute for that; a thread of its own calls them with a k of next to nothing, and says when they
 * have become fast. It varies the rows, lest C2 leaves out branches that have not been taken yet.
 * Should C2 never get to it, the plain tile goes on serving: a JVM started with {@code
 * -XX:Tier3DelayOn=1000000} does not let a busy compile queue keep tiles from C2.
 */
final class WarmUp {
  /**
   * Calls that C2 waits for before it compiles a method that C1 can't: its
   * Tier4InvocationThreshold, and some.
   */
  private static final int CALLS = 6_000;

  /**
   * A tile that C1 can take after all may have got code from it that is not profiled, because the
   * interpreter had profiled enough by then. Such code asks for C2 only once in 1024 calls.
   */
  private static final int NOTICED = 1_100;

  /** Ten compiled calls take about one microsecond, interpreted ones several hundred. */
  private static final long FAST_NANOS = 40_000;

  /**
   * The largest k; one call in a hundred has it, so that C2 takes the loop for the long one it is.
   */
  private static final int LONGEST = 256;

  private static volatile boolean ready;

  private WarmUp() {}

  /** One call of a tile. */
  @FunctionalInterface
  private interface Tile {
    void call(int rows, int k, MemorySegment a, MemorySegment b, MemorySegment c);
  }

  static {
    Thread t = new Thread(WarmUp::compileTiles, "vitrine-warm-up");
    t.setDaemon(true);
    t.start();
  }

  /** True once the tiles are worth calling. */
  static boolean isOver() {
    return ready;
  }

  private static void compileTiles() {
    long row = 16L * WIDTH;
    Tile[] tiles = {
      (r, k, a, b, c) -> Tile4.along(r, k, a, 0, 4L * LONGEST, b.address(), row, c, 0, row),
      (r, k, a, b, c) -> Tile4.down(r, k, a, 0, b.address(), row, c, 0, row),
      (r, k, a, b, c) -> Tile2.along(r, k, a, 0, 4L * LONGEST, b.address(), row, c, 0, row),
      (r, k, a, b, c) -> Tile2.down(r, k, a, 0, b.address(), row, c, 0, row),
    };
    Shape scrap = Shape.of(LONGEST * 4 * WIDTH);
    try (Memory memory = new Memory("warm-up")) {
      MemorySegment a = memory.floats(scrap).segment();
      MemorySegment b = memory.floats(scrap).segment();
      MemorySegment c = memory.floats(scrap).segment();
      for (Tile tile : tiles) {
        call(tile, CALLS, a, b, c);
      }
      for (Tile tile : tiles) {
        for (int pause = 10; !isFast(tile, a, b, c); pause = Math.min(2 * pause, 1000)) {
          Thread.sleep(pause);
          call(tile, NOTICED, a, b, c);
        }
      }
      ready = true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void call(
      Tile tile, int times, MemorySegment a, MemorySegment b, MemorySegment c) {
    for (int i = 0; i < times; i++) {
      tile.call(1 + i % TILE, i % 100 == 0 ? LONGEST : i % 3, a, b, c);
    }
  }

  private static boolean isFast(Tile tile, MemorySegment a, MemorySegment b, MemorySegment c) {
    long start = System.nanoTime();
    for (int i = 0; i < 10; i++) {
      tile.call(TILE, 8, a, b, c);
    }
    return System.nanoTime() - start < FAST_NANOS;
  }
}
