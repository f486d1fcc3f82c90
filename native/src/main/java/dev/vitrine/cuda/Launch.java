package dev.vitrine.cuda;

import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Window;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.bytedeco.cuda.cudart.CUstream_st;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.jspecify.annotations.Nullable;

/**
 * A launch of a kernel, written where it reads it: its only argument is a struct, 8 bytes for each
 * field.
 *
 * <p>{@code launch.of("elementwise.cu", "fill").put(v).out(y).put(n).each(n)}. One object serves
 * one thread; what is put is copied when the kernel is launched.
 */
final class Launch {
  private static final int THREADS = 256;
  private static final int WARP = 32;

  /** Enough blocks to fill a multiprocessor; more elements than that are taken in turns. */
  private static final int BLOCKS = 16;

  /** The largest extent of a grid behind the first. */
  private static final int LARGEST = 65_535;

  private static final int FIELDS = 512;

  private final Gpu gpu;
  private final LongPointer fields = new LongPointer(FIELDS);

  @SuppressWarnings("restricted")
  private final MemorySegment bytes =
      MemorySegment.ofAddress(fields.address()).reinterpret(8L * FIELDS);

  private final PointerPointer<Pointer> arguments = new PointerPointer<>(1);
  private final StringBuilder shapes = new StringBuilder();
  private Sink sink;
  private String file = "";
  private @Nullable String source;
  private String kernel = "";
  private int count;
  private boolean mayRefuse;

  Launch(Gpu gpu) {
    this.gpu = gpu;
    this.sink = new Sink.AtOnce(gpu);
    arguments.put(0, fields);
  }

  /** From now on launches go there; returns where they went before. */
  Sink into(Sink other) {
    Sink before = sink;
    sink = other;
    return before;
  }

  /** Begins a launch of a kernel of a resource beside this class. */
  Launch of(String file, String kernel) {
    return of(file, null, kernel);
  }

  /** Begins a launch of a kernel of this source; errors call it {@code file}. */
  Launch of(String file, @Nullable String source, String kernel) {
    this.file = file;
    this.source = source;
    this.kernel = kernel;
    this.count = 0;
    this.mayRefuse = false;
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
    return put(t == null ? 0 : address(t, false));
  }

  /** What the kernel writes, and may read; null: 0. */
  Launch out(@Nullable Tensor t) {
    return put(t == null ? 0 : address(t, true));
  }

  /** Where the kernel notes an index that is out of range. */
  Launch wrong() {
    mayRefuse = true;
    return put(gpu.wrong());
  }

  /** Where a tensor lies on the device. */
  private long address(Tensor t, boolean written) {
    shapes.append(shapes.isEmpty() ? "" : ", ").append(t.shape());
    DeviceCopy copy = DeviceCopy.of(gpu, t);
    sink.uses(t.storage(), copy, written);
    return copy.address() + t.offset();
  }

  /** The extents of images [n, h, w, c]. */
  Launch image(Shape s) {
    return put(s.dim(0)).put(s.dim(1)).put(s.dim(2)).put(s.dim(3));
  }

  Launch window(Window g) {
    put(g.strideH()).put(g.strideW()).put(g.padH()).put(g.padW());
    return put(g.dilationH()).put(g.dilationW()).put(g.groups());
  }

  /** y = x, both of the same size. */
  void copy(Tensor x, Tensor y) {
    of("", "copy");
    long from = address(x, false);
    long to = address(y, true);
    CUstream_st stream = sink.stream();
    if (x.size() > 0 && stream != null) {
      gpu.enter();
      gpu.copy(from, to, 4 * x.size(), stream);
    }
  }

  /** A thread for each of n elements, or for every so many-th. */
  void each(long n) {
    grid(few(Math.ceilDiv(n, THREADS)), 1, 1, THREADS, 1);
  }

  /** A warp for each of n rows, or for every so many-th. */
  void rows(long n) {
    grid(few(Math.ceilDiv(n, THREADS / WARP)), 1, 1, WARP, THREADS / WARP);
  }

  private int few(long blocks) {
    return (int) Math.min(blocks, (long) gpu.multiprocessors() * BLOCKS);
  }

  /** A block for each tile, and chunk, of so many products; above 65 535 of them in turns. */
  void blocks(Blocks b, long rows, long columns, long products) {
    Tile t = b.tile();
    grid(
        Math.toIntExact(t.down(rows)),
        Math.toIntExact(t.down(columns)),
        (int) Math.min(products * b.chunks(), LARGEST),
        t.threads(),
        1);
  }

  private void grid(int x, int y, int z, int blockX, int blockY) {
    if (x == 0 || y == 0 || z == 0) {
      return;
    }
    gpu.enter();
    var function = gpu.kernel(file, source, kernel);
    CUstream_st stream = sink.stream();
    if (stream != null) {
      String title = kernel + " of " + shapes;
      gpu.launch(function, title, x, y, z, blockX, blockY, arguments, stream);
    }
    if (mayRefuse) {
      sink.mayRefuse();
    }
  }
}
