package dev.vitrine.tensor;

import java.lang.foreign.MemorySegment;

/**
 * The copy of a {@link Storage} in the memory of a device. Whoever wrote last, the processor or the
 * device, has what counts; the other gets it when it asks.
 */
public interface Twin {
  /** Before the processor reads these bytes of the storage. */
  void fetch(MemorySegment part);

  /** Before the processor writes to the storage; {@code kept}: not over all of it. */
  void yield(boolean kept);

  /** The storage is gone. */
  void free();
}
