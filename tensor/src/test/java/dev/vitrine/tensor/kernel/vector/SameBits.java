package dev.vitrine.tensor.kernel.vector;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.vitrine.tensor.DType;
import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Kernels;
import dev.vitrine.tensor.kernel.Team;
import dev.vitrine.tensor.kernel.scalar.ScalarBackend;
import java.util.Arrays;
import java.util.Random;

/**
 * Runs a kernel on the scalar backend and on vectors with 1, 2 and 3 threads: the same bits are
 * promised.
 */
final class SameBits {
  private static final Kernels SCALAR = new ScalarBackend().kernels(Team.Member.ALONE);
  private static final Kernels ALONE = new VectorBackend().kernels(Team.Member.ALONE);
  private static final Team TWO = new Team(new VectorBackend(), 2);
  private static final Team THREE = new Team(new VectorBackend(), 3);

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

  /** A call of one kernel that writes its results to {@code out}. */
  @FunctionalInterface
  interface Call {
    void on(Kernels k, Tensor[] out);
  }

  /** Checks a call; {@code blanks} say what the outputs are and hold before. */
  static void check(String what, Call call, Tensor... blanks) {
    try (var memory = new Memory(what)) {
      Tensor[] expected = copies(memory, blanks);
      call.on(SCALAR, expected);
      Tensor[] alone = copies(memory, blanks);
      call.on(ALONE, alone);
      compare(what + ", alone", expected, alone);
      Tensor[] two = copies(memory, blanks);
      assertTrue(TWO.tryRun(k -> call.on(k, two)));
      compare(what + ", 2 threads", expected, two);
      Tensor[] three = copies(memory, blanks);
      assertTrue(THREE.tryRun(k -> call.on(k, three)));
      compare(what + ", 3 threads", expected, three);
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
  static Tensor rough(int seed, int... dims) {
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
  static Tensor special(int seed, int every, int... dims) {
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
  static Tensor blank(int... dims) {
    var values = new float[(int) Shape.of(dims).size()];
    Arrays.fill(values, 12345.678f);
    return Tensor.of(Shape.of(dims), values);
  }

  static Tensor blankInts(int... dims) {
    var values = new int[(int) Shape.of(dims).size()];
    Arrays.fill(values, -77);
    return Tensor.of(Shape.of(dims), values);
  }
}
