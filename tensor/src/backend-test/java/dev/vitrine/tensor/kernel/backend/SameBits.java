package dev.vitrine.tensor.kernel.backend;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vitrine.tensor.DType;
import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Backend;
import dev.vitrine.tensor.kernel.Device;
import dev.vitrine.tensor.kernel.FusedKernels;
import dev.vitrine.tensor.kernel.Kernels;
import dev.vitrine.tensor.kernel.PooledKernels;
import dev.vitrine.tensor.kernel.Replay;
import dev.vitrine.tensor.kernel.Team;
import dev.vitrine.tensor.kernel.scalar.ScalarBackend;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Runs a kernel on the scalar backend and on the backend {@code -Dvitrine.test.backend} with 1, 2
 * and 3 threads, captured and not: the same bits are promised.
 */
public final class SameBits {
  private static final Kernels SCALAR = new ScalarBackend().kernels(Team.Member.ALONE);
  static final Backend BACKEND = backend(System.getProperty("vitrine.test.backend"));

  private static final float[] SPECIAL = {
    Float.NaN,
    0f,
    -0f,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    Float.MIN_VALUE,
    -1e-40f,
    Float.MAX_VALUE,
    1f,
    -1f
  };

  private SameBits() {}

  private static Backend backend(String name) {
    return Device.backends().stream()
        .filter(b -> b.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no backend " + name + " was found"));
  }

  /** Made once it is known that the backend can be used. */
  private static final class Members {
    static final Kernels ALONE = BACKEND.kernels(Team.Member.ALONE);
    static final Team TWO = new Team(BACKEND, 2);
    static final Team THREE = new Team(BACKEND, 3);
  }

  /** A call of one kernel that writes its results to {@code out}. */
  @FunctionalInterface
  public interface Call {
    void on(Kernels k, Tensor[] out);
  }

  /** A call that does the work of several. */
  @FunctionalInterface
  public interface FusedCall {
    void on(FusedKernels k, Tensor[] out);
  }

  /** A call that joins a max pool with a convolution. */
  @FunctionalInterface
  public interface PooledCall {
    void on(PooledKernels k, Tensor[] out);
  }

  /** Checks a call; {@code blanks} say what the outputs are and hold before. */
  public static void check(String what, Call call, Tensor... blanks) {
    compare(what, call, call, blanks);
  }

  /** Checks a call against those that it stands for; backends without fused kernels pass. */
  public static void checkFused(
      String what, Call calls, FusedCall fused, Tensor... blanks) {
    if (BACKEND.unavailable() == null && Members.ALONE.fused() == null) {
      return;
    }
    compare(what, calls, (k, out) -> fused.on(Objects.requireNonNull(k.fused()), out), blanks);
  }

  /** The same for a call that joins a max pool with a convolution. */
  public static void checkPooled(
      String what, Call calls, PooledCall pooled, Tensor... blanks) {
    if (BACKEND.unavailable() == null && pooled(Members.ALONE) == null) {
      return;
    }
    compare(what, calls, (k, out) -> pooled.on(Objects.requireNonNull(pooled(k)), out), blanks);
  }

  private static @Nullable PooledKernels pooled(Kernels k) {
    FusedKernels fused = k.fused();
    return fused == null ? null : fused.pooled();
  }

  private static void compare(String what, Call specification, Call call, Tensor... blanks) {
    String reason = BACKEND.unavailable();
    assumeTrue(reason == null, () -> BACKEND.name() + ": " + reason);
    try (var memory = new Memory(what)) {
      Tensor[] expected = copies(memory, blanks);
      specification.on(SCALAR, expected);
      Tensor[] alone = copies(memory, blanks);
      call.on(Members.ALONE, alone);
      compare(what + ", alone", expected, alone);
      if (!BACKEND.threaded()) {
        Tensor[] captured = copies(memory, blanks);
        Replay replay = Members.ALONE.capture(() -> call.on(Members.ALONE, captured));
        replay.run();
        compare(what + ", captured", expected, captured);
        return;
      }
      Tensor[] two = copies(memory, blanks);
      assertTrue(Members.TWO.tryRun(k -> call.on(k, two)));
      compare(what + ", 2 threads", expected, two);
      Tensor[] three = copies(memory, blanks);
      assertTrue(Members.THREE.tryRun(k -> call.on(k, three)));
      compare(what + ", 3 threads", expected, three);
      Tensor[] captured = copies(memory, blanks);
      assertTrue(Members.THREE.tryRun(Members.THREE.captured(k -> call.on(k, captured))));
      compare(what + ", 3 threads, captured", expected, captured);
    }
  }

  private static Tensor[] copies(Memory memory, Tensor[] blanks) {
    var copies = new Tensor[blanks.length];
    for (int i = 0; i < blanks.length; i++) {
      copies[i] = memory.tensor(blanks[i].dtype(), blanks[i].shape()).set(blanks[i]);
    }
    return copies;
  }

  private static void compare(String what, Tensor[] expected, Tensor[] actual) {
    for (int t = 0; t < expected.length; t++) {
      for (long i = 0; i < expected[t].size(); i++) {
        if (bits(expected[t], i) != bits(actual[t], i)) {
          fail(
              "%s: output %d %s, element %d is %s, not %s"
                  .formatted(
                      what, t, expected[t].shape(), i, text(actual[t], i), text(expected[t], i)));
        }
      }
    }
  }

  /** All NaNs are one value. */
  private static int bits(Tensor t, long i) {
    return t.dtype() == DType.INT32 ? t.intAt(i) : Float.floatToIntBits(t.at(i));
  }

  private static String text(Tensor t, long i) {
    return t.dtype() == DType.INT32
        ? "" + t.intAt(i)
        : t.at(i) + " (" + Float.toHexString(t.at(i)) + ")";
  }

  /** Normal numbers of very different size, so that another order of summation gives other bits. */
  public static Tensor rough(int seed, int... dims) {
    var random = new Random(seed);
    Tensor t = Tensor.of(Shape.of(dims), new float[(int) Shape.of(dims).size()]);
    for (long i = 0; i < t.size(); i++) {
      t.put(i, (float) random.nextGaussian() * (1 << random.nextInt(12)));
    }
    return t;
  }

  /**
   * As {@link #rough}, and one element in {@code every} is NaN, infinite, a zero, denormal or huge.
   */
  public static Tensor special(int seed, int every, int... dims) {
    var random = new Random(seed);
    Tensor t = rough(seed, dims);
    for (long i = 0; i < t.size(); i++) {
      if (random.nextInt(every) == 0) {
        t.put(i, SPECIAL[random.nextInt(SPECIAL.length)]);
      }
    }
    return t;
  }

  /** Filled with a number that no kernel should keep or read. */
  public static Tensor blank(int... dims) {
    var values = new float[(int) Shape.of(dims).size()];
    Arrays.fill(values, 12345.678f);
    return Tensor.of(Shape.of(dims), values);
  }

  public static Tensor blankInts(int... dims) {
    var values = new int[(int) Shape.of(dims).size()];
    Arrays.fill(values, -77);
    return Tensor.of(Shape.of(dims), values);
  }
}
