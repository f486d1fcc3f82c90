package dev.vitrine.cuda;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/**
 * Asks for CUDA without touching a class of the presets: those fail for good where a library is
 * missing, and end the process where a function is.
 *
 * @param devices how many there are
 * @param version of CUDA that the driver serves: 1000·major + 10·minor
 * @param reason why CUDA can't be used; null = it can
 */
record Probe(int devices, int version, @Nullable String reason) {
  private static final int NEEDED = 13000;
  private static final int NO_DEVICE = 100;

  /** What this machine has, asked once. */
  static Probe here() {
    return Once.HERE;
  }

  private static final class Once {
    static final Probe HERE = ask();
  }

  private static Probe without(int version, String reason) {
    return new Probe(0, version, reason);
  }

  /** The same question again, for tests whose driver changes its mind. */
  static Probe ask() {
    if (!System.getProperty("os.name").startsWith("Linux")) {
      return without(0, "CUDA is looked for on Linux only");
    }
    SymbolLookup driver = library("libcuda.so.1");
    if (driver == null) {
      return without(0, "there is no NVIDIA driver (libcuda.so.1) on this machine");
    }
    for (String name : new String[] {"libcudart.so.13", "libnvrtc.so.13"}) {
      if (!finds(name)) {
        return without(
            0, "CUDA 13's %s was not found: install it, or set LD_LIBRARY_PATH".formatted(name));
      }
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment number = arena.allocate(JAVA_INT);
      int result = (int) function(driver, "cuInit", JAVA_INT).invokeExact(0);
      if (result == NO_DEVICE) {
        return without(0, "there is a driver, but no device (cuInit: CUDA_ERROR_NO_DEVICE)");
      }
      if (result != 0) {
        return without(0, "cuInit failed with code " + result);
      }
      result = (int) function(driver, "cuDriverGetVersion", ADDRESS).invokeExact(number);
      int version = number.get(JAVA_INT, 0);
      if (result != 0 || version < NEEDED) {
        return without(
            version, "the driver serves CUDA %s, 13.0 is needed".formatted(dots(version)));
      }
      result = (int) function(driver, "cuDeviceGetCount", ADDRESS).invokeExact(number);
      int devices = number.get(JAVA_INT, 0);
      return result != 0 || devices == 0
          ? without(version, "there is a driver, but no device")
          : new Probe(devices, version, null);
    } catch (Throwable t) {
      return without(0, "asking the driver failed: " + t);
    }
  }

  private static String dots(int version) {
    return version / 1000 + "." + version % 1000 / 10;
  }

  /** True if there is a library of this name. */
  static boolean finds(String name) {
    return library(name) != null;
  }

  @SuppressWarnings("restricted")
  private static @Nullable SymbolLookup library(String name) {
    try {
      return SymbolLookup.libraryLookup(name, Arena.global());
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  @SuppressWarnings("restricted")
  private static MethodHandle function(SymbolLookup library, String name, MemoryLayout argument) {
    return Linker.nativeLinker()
        .downcallHandle(
            library.find(name).orElseThrow(), FunctionDescriptor.of(JAVA_INT, argument));
  }
}
