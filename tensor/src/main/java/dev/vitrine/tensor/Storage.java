package dev.vitrine.tensor;

import java.lang.foreign.MemorySegment;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The bytes that a tensor and its views share. */
public final class Storage {
  private final MemorySegment segment;
  private @Nullable Twin twin;

  Storage(MemorySegment segment) {
    this.segment = segment;
  }

  /** All of the bytes, as they lie in the processor's memory; they may be out of date. */
  public MemorySegment segment() {
    return segment;
  }

  /** What lies on a device; null: nothing does. */
  public @Nullable Twin twin() {
    return twin;
  }

  /** Moves to a device: from another one over the processor's memory. */
  void move(Supplier<Twin> to) {
    home();
    twin = to.get();
  }

  /** Brings what counts back into the processor's memory, alone. */
  public void home() {
    Twin t = twin;
    if (t != null) {
      t.fetch(segment);
      free();
    }
  }

  void free() {
    Twin t = twin;
    twin = null;
    if (t != null) {
      t.free();
    }
  }
}
