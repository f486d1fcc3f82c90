package dev.vitrine.bench.kernels;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.List;

/** oneDNN's C interface, on the processor; what is made lives as long as the process. */
@SuppressWarnings("restricted") // it calls C
final class OneDnn {
  /** Numbers of dnnl_types.h and dnnl_common_types.h. */
  static final int ANY = 1;

  static final int A = 2;
  static final int NHWC = 22;
  static final int HWIO = 28;

  private static final int CPU = 1;
  private static final int IN_ORDER = 1;
  private static final int FLOAT32 = 3;
  private static final int MOST_AXES = 12;

  /** Bytes. */
  private static final long ARGUMENT = 16;

  /** {@code DNNL_MEMORY_ALLOCATE}: the library provides the memory, aligned as it likes. */
  private static final MemorySegment ALLOCATE = MemorySegment.ofAddress(-1);

  private static final int FROM = 1;
  private static final int TO = 17;

  private static final Arena ARENA = Arena.global();
  private static final Linker LINKER = Linker.nativeLinker();
  private static final SymbolLookup LIBRARY = SymbolLookup.libraryLookup("libdnnl.so.3", ARENA);

  private static final MethodHandle EXECUTE =
      LINKER.downcallHandle(
          LIBRARY.findOrThrow("dnnl_primitive_execute"),
          FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT, ADDRESS));
  private static final MethodHandle WAIT =
      LINKER.downcallHandle(
          LIBRARY.findOrThrow("dnnl_stream_wait"), FunctionDescriptor.of(JAVA_INT, ADDRESS));
  private static final MethodHandle QUERY =
      LINKER.downcallHandle(
          LIBRARY.findOrThrow("dnnl_primitive_desc_query_md"),
          FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_INT, JAVA_INT));

  static final MemorySegment ENGINE = make("dnnl_engine_create", CPU, 0L);
  private static final MemorySegment STREAM = make("dnnl_stream_create", ENGINE, IN_ORDER);

  /** An operand of a primitive. */
  record Argument(int number, MemorySegment memory) {}

  private OneDnn() {}

  /** What a function returns through its first argument. */
  static MemorySegment make(String function, Object... arguments) {
    MemorySegment made = ARENA.allocate(ADDRESS);
    var types = new MemoryLayout[arguments.length + 1];
    var all = new Object[arguments.length + 1];
    types[0] = ADDRESS;
    all[0] = made;
    for (int i = 0; i < arguments.length; i++) {
      types[i + 1] =
          switch (arguments[i]) {
            case Integer number -> JAVA_INT;
            case Long number -> JAVA_LONG;
            default -> ADDRESS;
          };
      all[i + 1] = arguments[i];
    }
    MethodHandle call =
        LINKER.downcallHandle(
            LIBRARY.findOrThrow(function), FunctionDescriptor.of(JAVA_INT, types));
    int status;
    try {
      status = (int) call.invokeWithArguments(all);
    } catch (Throwable e) {
      throw new LinkageError(function, e);
    }
    check(function, status);
    return made.get(ADDRESS, 0);
  }

  private static void check(String function, int status) {
    if (status != 0) {
      throw new IllegalStateException(function + " failed with status " + status);
    }
  }

  /** {@code dnnl_dims_t}. */
  static MemorySegment extents(long... extents) {
    MemorySegment all = ARENA.allocate(JAVA_LONG, MOST_AXES);
    MemorySegment.copy(extents, 0, all, JAVA_LONG, 0, extents.length);
    return all;
  }

  /** What float32 memory of these extents looks like in this order of axes. */
  static MemorySegment layout(int order, long... extents) {
    return make(
        "dnnl_memory_desc_create_with_tag", extents.length, extents(extents), FLOAT32, order);
  }

  /** What the memory of an operand must look like. */
  static MemorySegment layoutOf(MemorySegment description, int operand) {
    try {
      return (MemorySegment) QUERY.invokeExact(description, operand, 0);
    } catch (Throwable e) {
      throw new LinkageError("dnnl_primitive_desc_query_md", e);
    }
  }

  static MemorySegment memory(MemorySegment layout) {
    return make("dnnl_memory_create", layout, ENGINE, ALLOCATE);
  }

  static MemorySegment memory(MemorySegment layout, MemorySegment data) {
    return make("dnnl_memory_create", layout, ENGINE, data);
  }

  /** An array of {@code dnnl_exec_arg_t}: a number, and 8 bytes on the memory. */
  static MemorySegment arguments(List<Argument> arguments) {
    MemorySegment all = ARENA.allocate(ARGUMENT * arguments.size(), 8);
    for (int i = 0; i < arguments.size(); i++) {
      all.set(JAVA_INT, ARGUMENT * i, arguments.get(i).number());
      all.set(ADDRESS, ARGUMENT * i + 8, arguments.get(i).memory());
    }
    return all;
  }

  /** The same numbers in another layout. */
  static void reorder(
      MemorySegment fromLayout, MemorySegment from, MemorySegment toLayout, MemorySegment to) {
    MemorySegment description =
        make(
            "dnnl_reorder_primitive_desc_create",
            fromLayout,
            ENGINE,
            toLayout,
            ENGINE,
            MemorySegment.NULL);
    MemorySegment primitive = make("dnnl_primitive_create", description);
    execute(primitive, arguments(List.of(new Argument(FROM, from), new Argument(TO, to))));
  }

  /** Runs a primitive to its end. */
  static void execute(MemorySegment primitive, MemorySegment arguments) {
    int count = (int) (arguments.byteSize() / ARGUMENT);
    int status;
    try {
      status = (int) EXECUTE.invokeExact(primitive, STREAM, count, arguments);
      status += (int) WAIT.invokeExact(STREAM);
    } catch (Throwable e) {
      throw new LinkageError("dnnl_primitive_execute", e);
    }
    check("dnnl_primitive_execute", status);
  }

  /** Of the library that was found. */
  static String version() {
    MethodHandle call =
        LINKER.downcallHandle(
            LIBRARY.findOrThrow("dnnl_version"), FunctionDescriptor.of(ADDRESS));
    try {
      MemorySegment numbers = ((MemorySegment) call.invokeExact()).reinterpret(12);
      return "oneDNN %d.%d.%d"
          .formatted(
              numbers.get(JAVA_INT, 0), numbers.get(JAVA_INT, 4), numbers.get(JAVA_INT, 8));
    } catch (Throwable e) {
      throw new LinkageError("dnnl_version", e);
    }
  }
}
