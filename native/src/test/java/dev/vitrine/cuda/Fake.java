package dev.vitrine.cuda;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Path;

/** The CUDA driver without a GPU (src/test/cuda), and how it is made to fail. */
@SuppressWarnings("restricted")
final class Fake {
  /** Where compiled kernels are kept in tests. */
  static final Path CACHE =
      Path.of(System.getProperty("vitrine.cuda.cache", "target/fake-cuda/kernels"));

  private static final long PLENTY = 1L << 40;

  private Fake() {}

  /** True if it was built: that takes a C++ compiler. */
  static boolean isHere() {
    try {
      return library().find("fake_cuda").isPresent();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static SymbolLookup library() {
    return SymbolLookup.libraryLookup("libcuda.so.1", Arena.global());
  }

  static void set(String what, long value) {
    try (Arena arena = Arena.ofConfined()) {
      Linker.nativeLinker()
          .downcallHandle(
              library().find("fake_cuda").orElseThrow(),
              FunctionDescriptor.ofVoid(ADDRESS, JAVA_LONG))
          .invokeExact(arena.allocateFrom(what), value);
    } catch (Throwable t) {
      throw new AssertionError(t);
    }
  }

  /** Bytes of the device that nobody freed. */
  static long used() {
    try {
      return (long)
          Linker.nativeLinker()
              .downcallHandle(
                  library().find("fake_cuda_used").orElseThrow(), FunctionDescriptor.of(JAVA_LONG))
              .invokeExact();
    } catch (Throwable t) {
      throw new AssertionError(t);
    }
  }

  /** A machine in order. */
  static void mend() {
    set("devices", 1);
    set("version", 13000);
    set("multiprocessors", 2);
    set("memory", PLENTY);
    set("launches", Long.MAX_VALUE);
  }
}
