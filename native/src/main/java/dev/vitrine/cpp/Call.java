package dev.vitrine.cpp;

import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;

/**
 * A call of a kernel, written where C++ reads it: a header and 8 bytes for each argument
 * (src/main/cpp/call.h).
 *
 * <p>{@code call.of(Kernel.FILL).put(v).put(y).put(n).run()}. One object serves one thread.
 */
final class Call {
  private static final int HEADER = 8;

  private final Memory memory = new Memory("calls of C++ kernels");
  private final MemorySegment record = memory.ints(Shape.of(1024)).segment();
  private int end;

  /** Begins a call. */
  Call of(Kernel kernel) {
    record.set(ValueLayout.JAVA_INT, 0, kernel.ordinal());
    end = HEADER;
    return this;
  }

  Call put(long number) {
    record.set(ValueLayout.JAVA_LONG_UNALIGNED, end, number);
    end += 8;
    return this;
  }

  Call put(float number) {
    return put((long) Float.floatToRawIntBits(number) & 0xffffffffL);
  }

  Call put(boolean flag) {
    return put(flag ? 1L : 0L);
  }

  /** Where its elements lie; null: 0. */
  Call put(@Nullable Tensor t) {
    return put(t == null ? 0 : t.address());
  }

  /** Where its elements from {@code first} on lie. */
  Call put(Tensor t, long first) {
    return put(t.address() + 4 * first);
  }

  /** Makes the call. */
  Call run() {
    record.set(ValueLayout.JAVA_INT, 4, end);
    Native.run(record.address(), record.address() + end);
    return this;
  }

  /** What the kernel left in its last argument. */
  long last() {
    return record.get(ValueLayout.JAVA_LONG_UNALIGNED, end - 8);
  }
}
