package dev.vitrine.tensor.kernel.vector;

import static dev.vitrine.tensor.kernel.vector.Lanes.F;
import static dev.vitrine.tensor.kernel.vector.Lanes.WIDTH;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * Vectors and floats at raw addresses.
 *
 * <p>All of them go through one segment that spans the whole address space: in loops over a few
 * streams C2 makes up to six times more of it than of one segment per stream. The addresses come
 * from tensors that the caller keeps open.
 */
final class Raw {
  static final ByteOrder ORDER = ByteOrder.nativeOrder();
  static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT;
  static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;

  /** Bytes of a vector. */
  static final int VECTOR = 4 * WIDTH;

  @SuppressWarnings("restricted")
  static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

  private Raw() {}

  /** c in every lane. */
  static FloatVector all(float c) {
    return FloatVector.broadcast(F, c);
  }

  static FloatVector vector(long at) {
    return FloatVector.fromMemorySegment(F, ALL, at, ORDER);
  }

  /** The lanes of the mask; +0 in the others, which are not read. */
  static FloatVector vector(long at, VectorMask<Float> m) {
    return FloatVector.fromMemorySegment(F, ALL, at, ORDER, m);
  }

  static void put(FloatVector v, long at) {
    v.intoMemorySegment(ALL, at, ORDER);
  }

  /** Writes the lanes of the mask only. */
  static void put(FloatVector v, long at, VectorMask<Float> m) {
    v.intoMemorySegment(ALL, at, ORDER, m);
  }

  static float get(long at) {
    return ALL.get(FLOAT, at);
  }

  static void put(float v, long at) {
    ALL.set(FLOAT, at, v);
  }

  static int getInt(long at) {
    return ALL.get(INT, at);
  }

  static void putInt(int v, long at) {
    ALL.set(INT, at, v);
  }

  /** n elements, bit by bit. */
  static void copy(long from, long to, int n) {
    int whole = whole(n);
    for (int i = 0; i < whole; i += WIDTH) {
      put(vector(from + 4L * i), to + 4L * i);
    }
    if (whole < n) {
      copyRest(from + 4L * whole, to + 4L * whole, n - whole);
    }
  }

  /**
   * The last n, fewer than a vector. Java's own methods are always inlined; ours are not where C2
   * finds them called too seldom beside a loop, and a vector that goes through a call is boxed.
   */
  private static void copyRest(long from, long to, int n) {
    VectorMask<Float> m = VectorMask.fromLong(F, (1L << n) - 1);
    FloatVector.fromMemorySegment(F, ALL, from, ORDER, m).intoMemorySegment(ALL, to, ORDER, m);
  }

  /** n times v. */
  static void fill(float v, long to, int n) {
    int whole = whole(n);
    for (int i = 0; i < whole; i += WIDTH) {
      put(all(v), to + 4L * i);
    }
    if (whole < n) {
      fillRest(v, to + 4L * whole, n - whole);
    }
  }

  /** As {@link #copyRest}. */
  private static void fillRest(float v, long to, int n) {
    VectorMask<Float> m = VectorMask.fromLong(F, (1L << n) - 1);
    FloatVector.broadcast(F, v).intoMemorySegment(ALL, to, ORDER, m);
  }

  /** The first n lanes: all from {@code WIDTH} on, none if n is not positive. */
  static VectorMask<Float> first(int n) {
    return VectorMask.fromLong(F, n >= WIDTH ? -1 : n <= 0 ? 0 : (1L << n) - 1);
  }

  /** The largest multiple of the vector's width up to n. */
  static int whole(int n) {
    return n & -WIDTH;
  }
}
