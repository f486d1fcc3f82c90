package dev.vitrine.cuda;

import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.jspecify.annotations.Nullable;

/**
 * A launch of a kernel, written where it reads it: its only argument is a struct, 8 bytes for each
 * field.
 *
 * <p>{@code launch.of("elementwise.cu", "fill").put(v).put(y).put(n).each(n)}. One object serves
 * one thread; what is put is copied when the kernel is launched.
 */
final class Launch {
  private static final int THREADS = 256;
  private static final int BLOCKS_OF_A_PROCESSOR = 16;
  private static final int FIELDS = 512;

  private final Gpu gpu;
  private final Residents residents;
  private final LongPointer fields = new LongPointer(FIELDS);
  private final MemorySegment bytes =
      MemorySegment.ofAddress(fields.address()).reinterpret(8L * FIELDS, Arena.ofAuto(), null);
  private final PointerPointer<Pointer> arguments = new PointerPointer<>(1);
  private String file = "";
  private String kernel = "";
  private final StringBuilder shapes = new StringBuilder();
  private int count;

  Launch(Gpu gpu, Residents residents) {
    this.gpu = gpu;
    this.residents = residents;
    arguments.put(0, fields);
  }

  Launch of(String file, String kernel) {
    this.file = file;
    this.kernel = kernel;
    this.count = 0;
    shapes.setLength(0);
    return this;
  }

  Launch put(long number) {
    bytes.setAtIndex(ValueLayout.JAVA_LONG, count++, number);
    return this;
  }

  Launch put(float number) {
    return put((long) Float.floatToRawIntBits(number) & 0xffffffffL);
  }

  Launch put(boolean flag) {
    return put(flag ? 1L : 0L);
  }

  /** What the kernel reads; null: 0. */
  Launch in(@Nullable Tensor t) {
    return put(t == null ? 0 : residents.read(t), t);
  }

  /** What the kernel writes, and may read; null: 0. */
  Launch out(@Nullable Tensor t) {
    return put(t == null ? 0 : residents.written(t), t);
  }

  private Launch put(long address, @Nullable Tensor t) {
    if (t != null) {
      shapes.append(shapes.isEmpty() ? "" : ", ").append(t.shape());
    }
    return put(address);
  }

  /** The extents of images [n, h, w, c]. */
  Launch image(Shape s) {
    return put(s.dim(0)).put(s.dim(1)).put(s.dim(2)).put(s.dim(3));
  }

  /** A thread for each of n elements, or for every so many-th. */
  void each(long n) {
    if (n > 0) {
      long blocks = Math.ceilDiv(n, THREADS);
      grid((int) Math.min(blocks, (long) gpu.multiprocessors() * BLOCKS_OF_A_PROCESSOR), 1, 1, THREADS, 1);
    }
  }

  /** A warp for each of n rows, or for every so many-th. */
  void rows(long n) {
    if (n > 0) {
      int warps = THREADS / 32;
      long blocks = Math.ceilDiv(n, warps);
      grid((int) Math.min(blocks, (long) gpu.multiprocessors() * BLOCKS_OF_A_PROCESSOR), 1, 1, 32, warps);
    }
  }

  /** Tiles of 64 × 64 elements of {@code matrices} matrices. */
  void tiles(long rows, long columns, int matrices) {
    if (rows > 0 && columns > 0 && matrices > 0) {
      int tile = 64;
      grid(
          Math.toIntExact(Math.ceilDiv(rows, tile)),
          Math.toIntExact(Math.ceilDiv(columns, tile)),
          matrices,
          THREADS,
          1);
    }
  }

  private void grid(int x, int y, int z, int blockX, int blockY) {
    gpu.enter();
    gpu.launch(
        gpu.kernel(file, kernel), kernel + " of " + shapes, x, y, z, blockX, blockY, arguments);
  }
}
