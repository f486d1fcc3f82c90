package dev.vitrine.cuda;

import static dev.vitrine.cuda.Driver.check;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.bytedeco.cuda.global.cudart.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR;
import static org.bytedeco.cuda.global.cudart.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR;
import static org.bytedeco.cuda.global.cudart.CU_DEVICE_ATTRIBUTE_L2_CACHE_SIZE;
import static org.bytedeco.cuda.global.cudart.CU_DEVICE_ATTRIBUTE_MULTIPROCESSOR_COUNT;
import static org.bytedeco.cuda.global.cudart.CU_STREAM_NON_BLOCKING;
import static org.bytedeco.cuda.global.cudart.cuCtxSetCurrent;
import static org.bytedeco.cuda.global.cudart.cuDeviceGet;
import static org.bytedeco.cuda.global.cudart.cuDeviceGetAttribute;
import static org.bytedeco.cuda.global.cudart.cuDeviceGetName;
import static org.bytedeco.cuda.global.cudart.cuDevicePrimaryCtxRetain;
import static org.bytedeco.cuda.global.cudart.cuGraphLaunch;
import static org.bytedeco.cuda.global.cudart.cuInit;
import static org.bytedeco.cuda.global.cudart.cuLaunchKernel;
import static org.bytedeco.cuda.global.cudart.cuMemAlloc;
import static org.bytedeco.cuda.global.cudart.cuMemFree;
import static org.bytedeco.cuda.global.cudart.cuMemcpyDtoDAsync;
import static org.bytedeco.cuda.global.cudart.cuMemcpyDtoHAsync;
import static org.bytedeco.cuda.global.cudart.cuMemcpyHtoDAsync;
import static org.bytedeco.cuda.global.cudart.cuModuleGetFunction;
import static org.bytedeco.cuda.global.cudart.cuModuleLoadData;
import static org.bytedeco.cuda.global.cudart.cuStreamCreate;
import static org.bytedeco.cuda.global.cudart.cuStreamSynchronize;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bytedeco.cuda.cudart.CUctx_st;
import org.bytedeco.cuda.cudart.CUfunc_st;
import org.bytedeco.cuda.cudart.CUgraphExec_st;
import org.bytedeco.cuda.cudart.CUmod_st;
import org.bytedeco.cuda.cudart.CUstream_st;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.jspecify.annotations.Nullable;

/**
 * One device: its memory, its kernels, and the stream on which all of its work follows in order.
 */
final class Gpu {
  /** Bytes of {@link #scratch}. */
  static final long SCRATCH = 64 << 20;

  private final int ordinal;
  private final String name;
  private final String architecture;
  private final Precision precision;
  private final int multiprocessors;
  private final int cache;
  private final CUctx_st context = new CUctx_st();
  private final CUstream_st stream = new CUstream_st();
  private final Compiler compiler;
  private final Map<String, CUmod_st> modules = new ConcurrentHashMap<>();
  private final Map<String, CUfunc_st> functions = new ConcurrentHashMap<>();
  private final Staging staging;
  private final MemorySegment wrong;
  private long scratch;

  /** The device of this number, with exact products. */
  Gpu(int ordinal, Path cache) {
    this(ordinal, Precision.EXACT, cache);
  }

  /** The device of this number. */
  Gpu(int ordinal, Precision precision, Path cache) {
    this.ordinal = ordinal;
    this.precision = precision;
    check(cuInit(0), "cuInit");
    int[] device = new int[1];
    check(cuDeviceGet(device, ordinal), () -> "CUDA device " + ordinal);
    byte[] text = new byte[256];
    check(cuDeviceGetName(text, text.length, device[0]), "cuDeviceGetName");
    this.name = new String(text, StandardCharsets.UTF_8).split("\0", 2)[0];
    int major = attribute(CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR, device[0]);
    int minor = attribute(CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR, device[0]);
    this.architecture = "sm_" + major + minor;
    if (precision == Precision.TF32 && major < 8) {
      throw new CudaException(
          "%s has no tensor cores for tf32: it is %s, sm_80 is needed"
              .formatted(name, architecture));
    }
    this.multiprocessors = attribute(CU_DEVICE_ATTRIBUTE_MULTIPROCESSOR_COUNT, device[0]);
    this.cache = attribute(CU_DEVICE_ATTRIBUTE_L2_CACHE_SIZE, device[0]);
    check(cuDevicePrimaryCtxRetain(context, device[0]), () -> "the context of " + name);
    enter();
    check(cuStreamCreate(stream, CU_STREAM_NON_BLOCKING), () -> "a stream of " + name);
    this.compiler = new Compiler(architecture, precision, cache);
    this.staging = new Staging(this::synchronize);
    this.wrong = Staging.pinned(4 * JAVA_INT.byteSize()).fill((byte) 0);
  }

  private static int attribute(int which, int device) {
    int[] value = new int[1];
    check(cuDeviceGetAttribute(value, which, device), "cuDeviceGetAttribute");
    return value[0];
  }

  /** Makes the calling thread's driver calls go to this device. */
  void enter() {
    check(cuCtxSetCurrent(context), () -> "the context of " + name);
  }

  int multiprocessors() {
    return multiprocessors;
  }

  /** Bytes of the cache that all multiprocessors share. */
  int cache() {
    return cache;
  }

  // ---- memory

  long allocate(long bytes, String owner) {
    enter();
    long[] at = new long[1];
    check(
        cuMemAlloc(at, Math.max(bytes, 1)),
        () -> "%s: %,d bytes on %s".formatted(owner, bytes, name));
    return at[0];
  }

  /**
   * Memory for what a kernel leaves to the next one on the stream: who launches both holds this
   * object's lock meanwhile. It never moves, for graphs remember it.
   */
  synchronized long scratch() {
    if (scratch == 0) {
      scratch = allocate(SCRATCH, "the sums of chunks");
    }
    return scratch;
  }

  void free(long address) {
    enter();
    check(cuMemFree(address), "cuMemFree");
  }

  /** From the processor's memory to the device's, behind all work so far. */
  void write(MemorySegment from, long to) {
    enter();
    synchronized (staging) {
      MemorySegment staged = staging.of(from);
      check(
          cuMemcpyHtoDAsync(to, pointer(staged), from.byteSize(), stream),
          () -> "%,d bytes to %s".formatted(from.byteSize(), name));
      if (staged.equals(from)) {
        synchronize();
      }
    }
  }

  /** From the device's memory to the processor's, behind all work so far. */
  void read(long from, MemorySegment to) {
    enter();
    check(
        cuMemcpyDtoHAsync(pointer(to), from, to.byteSize(), stream),
        () -> "%,d bytes from %s".formatted(to.byteSize(), name));
    synchronize();
  }

  private static Pointer pointer(MemorySegment s) {
    return new Pointer() {
      {
        address = s.address();
      }
    };
  }

  /** From one place of the device to another. */
  void copy(long from, long to, long bytes, CUstream_st on) {
    check(
        cuMemcpyDtoDAsync(to, from, bytes, on),
        () -> "copying %,d bytes on %s".formatted(bytes, name));
  }

  /** Where all work follows in order. */
  CUstream_st stream() {
    return stream;
  }

  /** Waits until all work so far is done; what went wrong in it is said here. */
  void synchronize() {
    check(cuStreamSynchronize(stream), () -> "work on " + name);
    if (wrong.get(JAVA_INT, 0) != 0) {
      wrong.set(JAVA_INT, 0, 0);
      throw new IndexOutOfBoundsException(
          "index[%d] is %d: the axis has %d elements"
              .formatted(wrong.get(JAVA_INT, 4), wrong.get(JAVA_INT, 8), wrong.get(JAVA_INT, 12)));
    }
  }

  /** Where kernels note an index that is out of range, for the next one who waits. */
  long wrong() {
    return wrong.address();
  }

  // ---- kernels

  /** A kernel of this source, or of a resource beside this class; compiled at first use. */
  CUfunc_st kernel(String file, @Nullable String source, String kernel) {
    String key = source == null ? file : source;
    return functions.computeIfAbsent(
        kernel + " " + key,
        name -> {
          CUmod_st module =
              modules.computeIfAbsent(
                  key,
                  k ->
                      load(
                          file,
                          source == null
                              ? compiler.compiled(file)
                              : compiler.compiled(file, source)));
          return function(module, file, kernel);
        });
  }

  private CUmod_st load(String file, byte[] code) {
    enter();
    var module = new CUmod_st();
    try (var image = new BytePointer(code)) {
      check(cuModuleLoadData(module, image), () -> "the kernels of " + file + " on " + name);
    }
    return module;
  }

  private static CUfunc_st function(CUmod_st module, String file, String kernel) {
    var function = new CUfunc_st();
    check(cuModuleGetFunction(function, module, kernel), () -> kernel + " of " + file);
    return function;
  }

  /** Runs a kernel on a grid of blocks; {@code arguments} points to its only argument, a struct. */
  void launch(
      CUfunc_st kernel,
      String title,
      int gridX,
      int gridY,
      int gridZ,
      int blockX,
      int blockY,
      PointerPointer<Pointer> arguments,
      CUstream_st on) {
    check(
        cuLaunchKernel(
            kernel,
            gridX,
            gridY,
            gridZ,
            blockX,
            blockY,
            1,
            0,
            on,
            arguments,
            (PointerPointer<Pointer>) null),
        () ->
            "%s on %d × %d × %d blocks of %d × %d threads"
                .formatted(title, gridX, gridY, gridZ, blockX, blockY));
  }

  /** Runs a whole graph; never between two launches that share {@link #scratch}. */
  synchronized void launch(CUgraphExec_st graph) {
    check(cuGraphLaunch(graph, stream), () -> "a program on " + name);
  }

  @Override
  public String toString() {
    return "%s, %s, device %d%s".formatted(name, architecture, ordinal, precision.remark());
  }
}
