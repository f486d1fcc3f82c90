package dev.vitrine.cpp;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Binary;
import dev.vitrine.tensor.kernel.Kernels;
import dev.vitrine.tensor.kernel.Team;
import dev.vitrine.tensor.kernel.Unary;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** f(x) has the bits of {@link Unary#apply} and {@link Binary#apply}, all NaNs being one value. */
class FunctionsTest {
  /** Not a multiple of a vector, so that all lanes and a rest see all kinds of numbers. */
  private static final int SIZE = 4099;

  private static final long FLOATS = 1L << 32;

  private static final float[] SPECIAL = {
    Float.NaN,
    0f,
    -0f,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    Float.MIN_VALUE,
    -Float.MIN_VALUE,
    Float.MIN_NORMAL,
    -Float.MIN_NORMAL,
    Float.MAX_VALUE,
    -Float.MAX_VALUE,
    1f,
    -1f,
    Math.nextUp(1f),
    Math.nextDown(1f),
    0.5f,
    2f,
    -2f,
    3f,
    -3f,
    2.5f,
    87f,
    88.72284f,
    89f,
    -87.33655f,
    -103.97208f,
    -104f,
    8192f,
    Math.nextUp(8192f),
    -8193f,
    0x1p23f,
    0x1p23f - 1,
    0x1p24f,
    0x1p24f + 2,
    0x1p120f
  };

  private final Memory memory = new Memory("test");
  private final Tensor x = memory.floats(Shape.of(SIZE));
  private final Tensor other = memory.floats(Shape.of(SIZE));
  private final Tensor y = memory.floats(Shape.of(SIZE));

  @BeforeEach
  void skipAloudWithoutLibrary() {
    assumeTrue(Library.REASON == null, Library.REASON);
  }

  private static Kernels kernels() {
    return new CppBackend().kernels(Team.Member.ALONE);
  }

  @ParameterizedTest
  @EnumSource(Unary.class)
  void unaryOnEvery1009thFloat(Unary f) {
    every(f, 1009);
  }

  @ParameterizedTest
  @EnumSource(Unary.class)
  @Tag("slow")
  void unaryOnEvery61stFloat(Unary f) {
    every(f, 61);
  }

  private void every(Unary f, int stride) {
    Kernels k = kernels();
    long bits = 0;
    while (bits < FLOATS) {
      for (int i = 0; i < SIZE; i++, bits += stride) {
        x.put(i, Float.intBitsToFloat((int) Math.min(bits, FLOATS - 1)));
      }
      check(k, f, 0.3f, 1.7f);
    }
  }

  @ParameterizedTest
  @EnumSource(Unary.class)
  void unaryOnSpecialValuesAndTheirNeighbours(Unary f) {
    Kernels k = kernels();
    for (int i = 0; i < SIZE; i++) {
      float v = SPECIAL[i % SPECIAL.length];
      x.put(i, Float.intBitsToFloat(Float.floatToRawIntBits(v) + i / SPECIAL.length - 50));
    }
    for (float p : SPECIAL) {
      check(k, f, p, 0.25f);
      check(k, f, -0.5f, p);
    }
  }

  private void check(Kernels k, Unary f, float p, float q) {
    k.map(f, p, q, x, y);
    for (int i = 0; i < SIZE; i++) {
      float expected = f.apply(x.at(i), p, q);
      if (Float.floatToIntBits(expected) != Float.floatToIntBits(y.at(i))) {
        fail("%s(%a; %a, %a) is %a, not %a".formatted(f, x.at(i), p, q, y.at(i), expected));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Binary.class)
  void binaryOnPairsOfSpecialValues(Binary f) {
    for (int i = 0; i < SIZE; i++) {
      x.put(i, SPECIAL[i % SPECIAL.length]);
      other.put(i, SPECIAL[i / SPECIAL.length % SPECIAL.length]);
    }
    check(kernels(), f);
  }

  @ParameterizedTest
  @EnumSource(Binary.class)
  void binaryOnRandomPairs(Binary f) {
    Kernels k = kernels();
    var random = new Random(1);
    for (int round = 0; round < 200; round++) {
      for (int i = 0; i < SIZE; i++) {
        boolean any = (i & 1) == 0; // any bits, or numbers of moderate size
        x.put(i, any ? Float.intBitsToFloat(random.nextInt()) : 10 * random.nextFloat());
        other.put(i, any ? Float.intBitsToFloat(random.nextInt()) : random.nextInt(41) * 0.5f - 10);
      }
      check(k, f);
    }
  }

  private void check(Kernels k, Binary f) {
    k.zip(f, x, other, y);
    for (int i = 0; i < SIZE; i++) {
      float expected = f.apply(x.at(i), other.at(i));
      if (Float.floatToIntBits(expected) != Float.floatToIntBits(y.at(i))) {
        fail("%s(%a, %a) is %a, not %a".formatted(f, x.at(i), other.at(i), y.at(i), expected));
      }
    }
  }

  @Test
  void anglesBeyondTheFloatReductionStandAmongModerateOnes() {
    Kernels k = kernels();
    for (int i = 0; i < SIZE; i++) {
      x.put(i, i % 300 == 7 ? 1e30f : 0.01f * i);
    }
    check(k, Unary.SIN, 0, 0);
    check(k, Unary.COS, 0, 0);
  }
}
