package dev.vitrine.cuda;

import static dev.vitrine.cuda.Driver.check;
import static org.bytedeco.cuda.global.cudart.CU_MEMHOSTALLOC_DEVICEMAP;
import static org.bytedeco.cuda.global.cudart.CU_MEMHOSTALLOC_PORTABLE;
import static org.bytedeco.cuda.global.cudart.cuMemHostAlloc;

import java.lang.foreign.MemorySegment;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * Page-locked memory of the processor, which a GPU reads by itself: what was put here may be copied
 * to the device while the program goes on.
 */
final class Staging {
  private static final long BYTES = 8 << 20;
  private static final long LINE = 256;

  private final MemorySegment all = pinned(BYTES);
  private final Runnable wait;
  private long used;

  /** {@code wait} returns when all copies from here are done. */
  Staging(Runnable wait) {
    this.wait = wait;
  }

  /** Page-locked bytes that the device sees at the same address. */
  @SuppressWarnings("restricted")
  static MemorySegment pinned(long bytes) {
    try (var at = new PointerPointer<Pointer>(1)) {
      int flags = CU_MEMHOSTALLOC_DEVICEMAP | CU_MEMHOSTALLOC_PORTABLE;
      check(cuMemHostAlloc(at, bytes, flags), () -> "%,d page-locked bytes".formatted(bytes));
      return MemorySegment.ofAddress(at.get(0).address()).reinterpret(bytes);
    }
  }

  /** A copy of these bytes that stays until it has been copied on; themselves if they are many. */
  MemorySegment of(MemorySegment bytes) {
    long n = bytes.byteSize();
    if (n > BYTES / 2) {
      return bytes;
    }
    if (used + n > BYTES) {
      wait.run();
      used = 0;
    }
    MemorySegment copy = all.asSlice(used, n).copyFrom(bytes);
    used += (n + LINE - 1) & -LINE;
    return copy;
  }
}
