package dev.vitrine.tensor;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;

/**
 * A shape over off-heap storage: row-major, contiguous, channels last (NHWC images, HWIO weights).
 *
 * <p>Views ({@link #reshape}, {@link #rows}) share storage and lifetime with the tensor they come
 * from.
 */
public final class Tensor {
  private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT;
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;

  private final Memory owner;
  private final DType dtype;
  private final Shape shape;
  private final Storage storage;
  private final MemorySegment segment;

  Tensor(Memory owner, DType dtype, Shape shape, Storage storage, MemorySegment segment) {
    this.owner = owner;
    this.dtype = dtype;
    this.shape = shape;
    this.storage = storage;
    this.segment = segment;
  }

  /** A float32 tensor with an owner of its own, freed when unreachable. */
  public static Tensor of(Shape shape, float... values) {
    return new Memory("tensor " + shape).floats(shape, values);
  }

  /** An int32 tensor with an owner of its own, freed when unreachable. */
  public static Tensor of(Shape shape, int[] values) {
    return new Memory("tensor " + shape).ints(shape, values);
  }

  public Shape shape() {
    return shape;
  }

  public DType dtype() {
    return dtype;
  }

  public long size() {
    return shape.size();
  }

  public Memory owner() {
    return owner;
  }

  /** What it shares with its views. */
  public Storage storage() {
    return storage;
  }

  /** Bytes of the storage before its own. */
  public long offset() {
    return segment.address() - storage.segment().address();
  }

  /** The elements as bytes in native order; reading it after its owner was closed is an error. */
  public MemorySegment segment() {
    return changed();
  }

  /**
   * The raw address, for kernels of the processor. Whoever reads it keeps the owner reachable and
   * open (see {@link Memory#enter()}) until the last access.
   */
  public long address() {
    return changed().address();
  }

  /** A segment doesn't keep its owner: without this, a tensor's last access may come too late. */
  private void stay() {
    Reference.reachabilityFence(owner);
  }

  /** Where the owner was closed during an access: its sentence, in place of that of the JDK. */
  private IllegalStateException gone(IllegalStateException e) {
    owner.check();
    return e;
  }

  /** The bytes, to be read. */
  private MemorySegment current() {
    owner.check();
    Twin twin = storage.twin();
    if (twin != null) {
      twin.fetch(segment);
    }
    return segment;
  }

  /** The bytes, to be written and read. */
  private MemorySegment changed() {
    owner.check();
    Twin twin = storage.twin();
    if (twin != null) {
      twin.yield(true);
    }
    return segment;
  }

  /** The bytes, all to be written over. */
  private MemorySegment overwritten() {
    owner.check();
    Twin twin = storage.twin();
    if (twin != null) {
      twin.yield(segment.byteSize() < storage.segment().byteSize());
    }
    return segment;
  }

  /** Element {@code i} in row-major order. */
  public float at(long i) {
    try {
      return current().getAtIndex(FLOAT, i);
    } catch (IllegalStateException e) {
      throw gone(e);
    } finally {
      stay();
    }
  }

  /** Sets element {@code i} in row-major order. */
  public void put(long i, float value) {
    try {
      changed().setAtIndex(FLOAT, i, value);
    } catch (IllegalStateException e) {
      throw gone(e);
    } finally {
      stay();
    }
  }

  /** Integer element {@code i} in row-major order. */
  public int intAt(long i) {
    try {
      return current().getAtIndex(INT, i);
    } catch (IllegalStateException e) {
      throw gone(e);
    } finally {
      stay();
    }
  }

  /** Sets integer element {@code i} in row-major order. */
  public void putInt(long i, int value) {
    try {
      changed().setAtIndex(INT, i, value);
    } catch (IllegalStateException e) {
      throw gone(e);
    } finally {
      stay();
    }
  }

  /** The only element of a float32 tensor of size 1. */
  public float item() {
    if (size() != 1) {
      throw new IllegalStateException("item() needs one element, the shape is " + shape);
    }
    return at(0);
  }

  /** Overwrites all elements, row-major. */
  public Tensor set(float... values) {
    need(DType.FLOAT32, values.length);
    try {
      MemorySegment.copy(values, 0, overwritten(), FLOAT, 0, values.length);
      return this;
    } catch (IllegalStateException e) {
      throw gone(e);
    } finally {
      stay();
    }
  }

  /** Overwrites all elements, row-major. */
  public Tensor set(int[] values) {
    need(DType.INT32, values.length);
    try {
      MemorySegment.copy(values, 0, overwritten(), INT, 0, values.length);
      return this;
    } catch (IllegalStateException e) {
      throw gone(e);
    } finally {
      stay();
    }
  }

  /** Overwrites all elements with those of a tensor of the same kind and size. */
  public Tensor set(Tensor values) {
    need(values.dtype, values.size());
    try {
      overwritten().copyFrom(values.current());
      return this;
    } catch (IllegalStateException e) {
      throw gone(values.gone(e));
    } finally {
      values.stay();
    }
  }

  private void need(DType kind, long count) {
    if (kind != dtype || count != size()) {
      throw new IllegalArgumentException(
          "%d %s values given, the tensor holds %d %s values (shape %s)"
              .formatted(count, kind, size(), dtype, shape));
    }
  }

  public float[] toFloats() {
    need(DType.FLOAT32, size());
    try {
      return current().toArray(FLOAT);
    } catch (IllegalStateException e) {
      throw gone(e);
    } finally {
      stay();
    }
  }

  public int[] toInts() {
    need(DType.INT32, size());
    try {
      return current().toArray(INT);
    } catch (IllegalStateException e) {
      throw gone(e);
    } finally {
      stay();
    }
  }

  /** The same elements under another shape of the same size; a view. */
  public Tensor reshape(Shape other) {
    if (other.size() != size()) {
      throw new IllegalArgumentException(
          "cannot reshape " + shape + " (" + size() + " elements) to " + other);
    }
    return new Tensor(owner, dtype, other, storage, segment);
  }

  /** Rows {@code from} (inclusive) to {@code to} (exclusive) of the leading axis; a view. */
  public Tensor rows(int from, int to) {
    int n = shape.dim(0);
    if (from < 0 || from > to || to > n) {
      throw new IndexOutOfBoundsException(
          "rows " + from + " to " + to + " of shape " + shape + ": there are " + n);
    }
    return part(n == 0 ? 0 : size() / n * from, shape.with(0, to - from));
  }

  /** The elements from {@code first} on, as many as {@code other} has; a view. */
  public Tensor part(long first, Shape other) {
    return part(first, dtype, other);
  }

  /** The same read as elements of another kind, bit by bit. */
  public Tensor part(long first, DType kind, Shape other) {
    if (first < 0 || first + other.size() > size()) {
      throw new IndexOutOfBoundsException(
          "elements %d to %d of shape %s: there are %d"
              .formatted(first, first + other.size(), shape, size()));
    }
    long bytes = other.size() * DType.BYTES;
    return new Tensor(owner, kind, other, storage, segment.asSlice(first * DType.BYTES, bytes));
  }

  /** A copy with an owner of its own. */
  public Tensor copy() {
    return new Memory("copy " + shape).tensor(dtype, shape).set(this);
  }

  @Override
  public String toString() {
    var text =
        new StringBuilder(dtype == DType.FLOAT32 ? "float" : "int").append(shape).append(" {");
    long shown = Math.min(size(), 8);
    for (long i = 0; i < shown; i++) {
      text.append(i == 0 ? "" : ", ").append(dtype == DType.FLOAT32 ? "" + at(i) : "" + intAt(i));
    }
    return text.append(shown < size() ? ", …}" : "}").toString();
  }
}
