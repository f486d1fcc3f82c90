package dev.vitrine.tensor.kernel;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/**
 * Where the members of a team wait for each other: three int32 words off the heap, so that members
 * that run native code wait at the same place as those that run Java.
 *
 * <p>{@code arrived} counts the members that are here, {@code phase} how often all were, {@code
 * failed} says that one will never come; a cache line apart. Each adds 1 to {@code arrived}; the
 * last one sets it to 0 and adds 1 to {@code phase}, which the others wait for.
 */
final class Barrier {
  /**
   * Looks before the core is given away: some 3 µs. Where another member waits for this very core,
   * each look is one too many.
   */
  private static final int SPINS = 50;

  private static final long ARRIVED = 0;
  private static final long PHASE = 64;
  private static final long FAILED = 128;
  private static final VarHandle WORD = ValueLayout.JAVA_INT.varHandle();

  private final MemorySegment words = Arena.ofAuto().allocate(192, 64);
  private final int members;

  Barrier(int members) {
    this.members = members;
  }

  /** Where the words lie; they live as long as this object. */
  long address() {
    return words.address();
  }

  /** Makes it ready for members of whom none is here. */
  void clear() {
    WORD.setVolatile(words, ARRIVED, 0);
    WORD.setVolatile(words, FAILED, 0);
  }

  /** Waits until all are here; what they wrote before is then visible. Refuses if one failed. */
  void await() {
    int now = phase();
    if ((int) WORD.getAndAdd(words, ARRIVED, 1) + 1 == members) {
      WORD.setVolatile(words, ARRIVED, 0);
      WORD.setVolatile(words, PHASE, now + 1);
      return;
    }
    for (int spins = 0; phase() == now; spins++) {
      if ((int) WORD.getVolatile(words, FAILED) != 0) {
        throw new IllegalStateException("another thread of this program failed");
      }
      pause(spins);
    }
  }

  private int phase() {
    return (int) WORD.getVolatile(words, PHASE);
  }

  /** Lets those go who wait for a member that will not come. */
  void fail() {
    WORD.setVolatile(words, FAILED, 1);
  }

  /** Others may need this core to get there, so after a moment it is given away. */
  static void pause(int spins) {
    if (spins < SPINS) {
      Thread.onSpinWait();
    } else {
      Thread.yield();
    }
  }
}
