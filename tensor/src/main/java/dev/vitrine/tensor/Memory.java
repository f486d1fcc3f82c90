package dev.vitrine.tensor;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * One owner of tensors: off-heap, 64-byte aligned, handed out by moving a mark, freed as a whole.
 *
 * <p>A tape, a workspace, a model and a data set each own one. Tensors live as long as their owner;
 * {@link Tensor#copy()} outlives it. An owner that nobody closes is freed some time after it became
 * unreachable.
 */
public final class Memory implements AutoCloseable {
  /**
   * A cache line, and the widest vector: a load of 64 bytes at such an address touches one line.
   */
  public static final long ALIGNMENT = 64;

  /** Elements whose bytes, rounded up to {@link #ALIGNMENT}, a long can count. */
  private static final long MOST = (Long.MAX_VALUE - ALIGNMENT) / DType.BYTES;

  private static final long FIRST_CHUNK = 64 << 10;
  private static final long LARGEST_CHUNK = 16 << 20;

  /** The sign bit of {@link #users}; alone: nobody is left inside. */
  private static final int CLOSED = Integer.MIN_VALUE;

  private static final Cleaner CLEANER = Cleaner.create();

  private final String owner;
  private final Chunks chunks = new Chunks();
  private final Cleaner.Cleanable cleanable;

  /** How many replays and kernels are using the tensors now; negative: no more may come in. */
  private final AtomicInteger users = new AtomicInteger();

  /** Memory for {@code owner}, whose name appears in errors. */
  public Memory(String owner) {
    this.owner = owner;
    this.cleanable = CLEANER.register(this, chunks);
  }

  /** A float32 tensor of zeros. */
  public Tensor floats(Shape shape) {
    return tensor(DType.FLOAT32, shape);
  }

  /** An int32 tensor of zeros. */
  public Tensor ints(Shape shape) {
    return tensor(DType.INT32, shape);
  }

  /** A tensor of zeros. */
  public Tensor tensor(DType dtype, Shape shape) {
    if (shape.size() > MOST) {
      throw Footprint.refusal(Long.MAX_VALUE, owner);
    }
    return tensor(dtype, shape, allocate(shape.size() * DType.BYTES));
  }

  /** A float32 tensor with these values, row-major. */
  public Tensor floats(Shape shape, float... values) {
    return floats(shape).set(values);
  }

  /** An int32 tensor with these values, row-major. */
  public Tensor ints(Shape shape, int... values) {
    return ints(shape).set(values);
  }

  /** A tensor that lends only its shape: it has no storage, so reading an element is an error. */
  public Tensor shaped(DType dtype, Shape shape) {
    return new Tensor(this, dtype, shape, new Storage(MemorySegment.NULL), MemorySegment.NULL);
  }

  /**
   * A tensor over bytes that somebody else provides (a mapped file); {@link #arena()} must have
   * made the segment.
   */
  public Tensor wrap(DType dtype, Shape shape, MemorySegment bytes) {
    long need = Math.multiplyExact(shape.size(), DType.BYTES);
    if (bytes.byteSize() != need) {
      throw new IllegalArgumentException(
          owner + ": " + bytes.byteSize() + " bytes given, shape " + shape + " takes " + need);
    }
    return tensor(dtype, shape, bytes);
  }

  private Tensor tensor(DType dtype, Shape shape, MemorySegment bytes) {
    var storage = new Storage(bytes);
    return new Tensor(this, dtype, shape, storage, bytes);
  }

  /** Has a device hold a storage of this memory, until it is freed with the rest. */
  public synchronized void move(Storage storage, Supplier<Twin> to) {
    check();
    storage.move(to);
    chunks.moved.add(storage);
  }

  /** Closed together with this memory; for mapping files. */
  public Arena arena() {
    return chunks.arena;
  }

  private synchronized MemorySegment allocate(long bytes) {
    check();
    return chunks.take(bytes, this);
  }

  /** Bytes taken from the system so far. */
  public synchronized long bytes() {
    return chunks.total;
  }

  public String owner() {
    return owner;
  }

  /** Refuses use after {@link #close()}; who entered before works on to the end. */
  void check() {
    if (users.get() == CLOSED) {
      throw closed();
    }
  }

  private IllegalStateException closed() {
    return new IllegalStateException(
        owner + " is closed: its tensors are gone; copy() what must outlive it");
  }

  /** Keeps {@link #close()} waiting until {@link #exit()}; refuses if that was called already. */
  public void enter() {
    int now = users.get();
    while (now >= 0 && !users.compareAndSet(now, now + 1)) {
      now = users.get();
    }
    if (now < 0) {
      throw closed();
    }
  }

  public void exit() {
    users.decrementAndGet();
  }

  /** Works on tensors by their addresses, while nobody can free them; refuses freed ones. */
  public static void hold(Runnable work, Tensor[]... operands) {
    int entered = 0;
    try {
      for (Tensor[] some : operands) {
        for (Tensor t : some) {
          t.owner().enter();
          entered++;
        }
      }
      work.run();
    } finally {
      for (Tensor[] some : operands) {
        for (int i = 0; i < some.length && entered > 0; i++, entered--) {
          some[i].owner().exit();
        }
      }
      Reference.reachabilityFence(operands);
    }
  }

  /**
   * Frees every tensor at once, after those who entered have left; nobody else may enter meanwhile,
   * so however many threads replay, the wait is that for one replay of each. Closing twice does
   * nothing.
   */
  @Override
  public void close() {
    if (users.getAndUpdate(n -> n | CLOSED) < 0) {
      return;
    }
    while (users.get() != CLOSED) {
      LockSupport.parkNanos(50_000);
    }
    synchronized (this) { // not while a tensor is being made
      cleanable.clean();
    }
  }

  /** The segments themselves; apart from Memory, so that the cleaner does not keep it reachable. */
  private static final class Chunks implements Runnable {
    final Arena arena = Arena.ofShared();
    MemorySegment chunk = MemorySegment.NULL;
    long used;
    long next = FIRST_CHUNK;
    long total;

    /** What has been on a device. */
    final Set<Storage> moved = new HashSet<>();

    MemorySegment take(long bytes, Memory owner) {
      long room = (bytes + ALIGNMENT - 1) & -ALIGNMENT;
      if (room > next / 2) {
        return fresh(room, owner).asSlice(0, bytes);
      }
      if (used + room > chunk.byteSize()) {
        chunk = fresh(next, owner);
        used = 0;
        next = Math.min(2 * next, LARGEST_CHUNK);
      }
      MemorySegment s = chunk.asSlice(used, bytes);
      used += room;
      return s;
    }

    private MemorySegment fresh(long bytes, Memory owner) {
      Footprint.grow(bytes, owner.owner);
      try {
        MemorySegment s = arena.allocate(bytes, ALIGNMENT);
        total += bytes;
        return s;
      } catch (OutOfMemoryError e) {
        Footprint.shrink(bytes);
        throw Footprint.refusal(bytes, owner.owner);
      }
    }

    @Override
    public void run() {
      moved.forEach(Storage::free);
      arena.close();
      Footprint.shrink(total);
    }
  }
}
