package dev.vitrine.bench.kernels;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.vitrine.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/**
 * MKL's {@code cblas_sgemm} on one thread, on the memory of tensors; the call itself costs 15 ns.
 */
@SuppressWarnings("restricted") // it calls C
final class Mkl {
  private static final SymbolLookup LIBRARY =
      SymbolLookup.libraryLookup("libmkl_rt.so.3", Arena.global());

  /** Layout, ta, tb, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc. */
  private static final MethodHandle SGEMM =
      function(
          "cblas_sgemm",
          FunctionDescriptor.ofVoid(
              JAVA_INT,
              JAVA_INT,
              JAVA_INT,
              JAVA_INT,
              JAVA_INT,
              JAVA_INT,
              JAVA_FLOAT,
              ADDRESS,
              JAVA_INT,
              ADDRESS,
              JAVA_INT,
              JAVA_FLOAT,
              ADDRESS,
              JAVA_INT));

  private static final int ROW_MAJOR = 101;
  private static final int AS_IT_IS = 111;
  private static final int TRANSPOSED = 112;

  static {
    call("MKL_Set_Num_Threads", FunctionDescriptor.ofVoid(JAVA_INT), 1);
  }

  private Mkl() {}

  private static MethodHandle function(String name, FunctionDescriptor type) {
    return Linker.nativeLinker().downcallHandle(LIBRARY.findOrThrow(name), type);
  }

  private static void call(String name, FunctionDescriptor type, Object... arguments) {
    try {
      function(name, type).invokeWithArguments(arguments);
    } catch (Throwable e) {
      throw new LinkageError(name, e);
    }
  }

  /** c = a·b. */
  static void multiply(Product p, Tensor a, Tensor b, Tensor c) {
    int ta = p.ta() ? TRANSPOSED : AS_IT_IS;
    int tb = p.tb() ? TRANSPOSED : AS_IT_IS;
    int lda = p.ta() ? p.m() : p.k();
    int ldb = p.tb() ? p.k() : p.n();
    MemorySegment sa = a.segment();
    MemorySegment sb = b.segment();
    MemorySegment sc = c.segment();
    try {
      SGEMM.invokeExact(
          ROW_MAJOR, ta, tb, p.m(), p.n(), p.k(), 1f, sa, lda, sb, ldb, 0f, sc, p.n());
    } catch (Throwable e) {
      throw new LinkageError("cblas_sgemm", e);
    }
  }

  static String version() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment text = arena.allocate(200);
      call("MKL_Get_Version_String", FunctionDescriptor.ofVoid(ADDRESS, JAVA_INT), text, 200);
      return text.getString(0).strip();
    }
  }
}
