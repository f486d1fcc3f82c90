package dev.vitrine.bench.measure;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** Processor time in nanoseconds by clock_gettime; the JVM's own figure counts in 10 ms. */
public final class Clocks {
  /** Linux's numbers of CLOCK_PROCESS_CPUTIME_ID and CLOCK_THREAD_CPUTIME_ID. */
  private static final int PROCESS = 2;

  private static final int THREAD = 3;

  private final MethodHandle gettime;
  private final MemorySegment timespec = Arena.ofAuto().allocate(16, 8);

  @SuppressWarnings("restricted") // the JVM was started with --enable-native-access
  public Clocks() {
    Linker linker = Linker.nativeLinker();
    gettime =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("clock_gettime"),
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
  }

  /** Of all threads of this process, those of the JVM included. */
  public long process() {
    return read(PROCESS);
  }

  /** Of the calling thread. */
  public long thread() {
    return read(THREAD);
  }

  private long read(int clock) {
    int failed;
    try {
      failed = (int) gettime.invokeExact(clock, timespec);
    } catch (Throwable e) {
      throw new IllegalStateException("clock_gettime can't be called", e);
    }
    if (failed != 0) {
      throw new IllegalStateException("this system has no clock " + clock + ": Linux is needed");
    }
    return timespec.get(ValueLayout.JAVA_LONG, 0) * 1_000_000_000L
        + timespec.get(ValueLayout.JAVA_LONG, 8);
  }
}
