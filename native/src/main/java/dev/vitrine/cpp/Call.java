package dev.vitrine.cpp;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Activation;
import dev.vitrine.tensor.kernel.Replay;
import dev.vitrine.tensor.kernel.Team;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;
import org.jspecify.annotations.Nullable;

/**
 * A call of a kernel, written where C++ reads it: a header and 8 bytes for each argument
 * (src/main/cpp/call.h).
 *
 * <p>{@code call.of(Kernel.FILL).put(v).put(y).put(n).run()}. One object serves one thread. While
 * it records, calls are kept in a row instead of being made.
 */
final class Call {
  private static final int HEADER = 16;

  @SuppressWarnings("restricted")
  private static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

  private MemorySegment records = Arena.ofAuto().allocate(1024, 8);
  private boolean recording;
  private int start;
  private int end;

  /** While it records: where the calls of the kernel begin that is being written. */
  private int begin;

  private Before before = Before.NOTHING;

  /** Whose work the kernel before was: a team's or its first member's. */
  private enum Before {
    NOTHING,
    ONE,
    ALL
  }

  /** Begins a call. */
  Call of(Kernel kernel) {
    end = start + HEADER;
    reserve();
    records.set(ValueLayout.JAVA_INT, start, kernel.ordinal());
    records.set(ValueLayout.JAVA_LONG, start + 8, -1);
    return this;
  }

  Call put(long number) {
    reserve();
    records.set(ValueLayout.JAVA_LONG, end, number);
    end += 8;
    return this;
  }

  Call put(float number) {
    return put((long) Float.floatToRawIntBits(number) & 0xffffffffL);
  }

  Call put(boolean flag) {
    return put(flag ? 1L : 0L);
  }

  /** An activation behind a product; null: none. */
  Call put(@Nullable Activation f) {
    return f == null ? put(-1).put(0).put(0) : put(f.f().ordinal()).put(f.p()).put(f.q());
  }

  /** Where its elements lie; null: 0. */
  Call put(@Nullable Tensor t) {
    return put(t == null ? 0 : t.address());
  }

  /** Where its elements from {@code first} on lie; null: 0. */
  Call put(@Nullable Tensor t, long first) {
    return put(t == null ? 0 : t.address() + 4 * first);
  }

  /** Makes the call, or keeps it. */
  void run() {
    records.set(ValueLayout.JAVA_INT, start + 4, end - start);
    if (recording) {
      start = end;
    } else {
      run(records.address(), records.address() + end);
    }
  }

  private static void run(long first, long end) {
    long refused = Native.run(first, end);
    if (refused != 0) {
      throw refusal(refused);
    }
  }

  /**
   * A barrier refuses where another member failed. Else gather and scatter do, for an entry of the
   * index that they name in the header; where it lies and the extent of the axis are arguments 2
   * and 6 of both.
   */
  private static RuntimeException refusal(long call) {
    if (ALL.get(ValueLayout.JAVA_INT, call) == Kernel.BARRIER.ordinal()) {
      return new IllegalStateException("another thread of this program failed");
    }
    long entry = ALL.get(ValueLayout.JAVA_LONG, call + 8);
    long index = ALL.get(ValueLayout.JAVA_LONG, call + HEADER + 2 * 8);
    return new IndexOutOfBoundsException(
        "index[%d] is %d: the axis has %d elements"
            .formatted(
                entry,
                ALL.get(ValueLayout.JAVA_INT, index + 4 * entry),
                ALL.get(ValueLayout.JAVA_LONG, call + HEADER + 6 * 8)));
  }

  /**
   * The end of a kernel: waits for the other members, or keeps a wait.
   *
   * <p>What is kept is a wait before the kernel, and only if it or the one before was split:
   * otherwise both are the first member's, which does them in order. At the end of all the team
   * waits anyway.
   */
  void sync(Team.Member member) {
    if (!recording) {
      member.sync();
      return;
    }
    boolean shared = member.shared();
    if (before == Before.ALL || (before == Before.ONE && shared)) {
      insertBarrier(member);
    }
    before = shared ? Before.ALL : Before.ONE;
    begin = start;
  }

  private void insertBarrier(Team.Member member) {
    int last = start;
    of(Kernel.BARRIER).put(member.barrier()).put(member.count()).run();
    int length = start - last;
    end = start + length;
    reserve();
    // the kernel's calls and the barrier behind them change places
    MemorySegment.copy(records, begin, records, begin + length, start - begin);
    MemorySegment.copy(records, start, records, begin, length);
  }

  /** What {@code calls} do, to be done again and again by one call of the library. */
  Replay recorded(Runnable calls) {
    recording = true;
    try {
      calls.run();
      MemorySegment all = Arena.ofAuto().allocate(Math.max(start, 8), 8);
      MemorySegment.copy(records, 0, all, 0, start);
      return new Record(all, start);
    } finally {
      recording = false;
      start = 0;
      begin = 0;
      before = Before.NOTHING;
    }
  }

  /** {@code length} bytes of calls. */
  private record Record(MemorySegment calls, int length) implements Replay {
    @Override
    public void run() {
      Call.run(calls.address(), calls.address() + length);
      Reference.reachabilityFence(this);
    }

    /** No argument but an address is as large as one. */
    @Override
    public void move(long from, long bytes, long to) {
      for (int call = 0; call < length; call += calls.get(ValueLayout.JAVA_INT, call + 4)) {
        int end = call + calls.get(ValueLayout.JAVA_INT, call + 4);
        for (int i = call + HEADER; i < end; i += 8) {
          long argument = calls.get(ValueLayout.JAVA_LONG, i);
          if (argument >= from && argument < from + bytes) {
            calls.set(ValueLayout.JAVA_LONG, i, argument - from + to);
          }
        }
      }
    }
  }

  private void reserve() {
    if (end + HEADER > records.byteSize()) {
      MemorySegment larger = Arena.ofAuto().allocate(2 * records.byteSize(), 8);
      MemorySegment.copy(records, 0, larger, 0, records.byteSize());
      records = larger;
    }
  }
}
