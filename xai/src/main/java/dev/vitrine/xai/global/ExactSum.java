package dev.vitrine.xai.global;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * Σ of doubles without rounding, so that it has no order: parts of a sum made on many machines add
 * up to the same bits, whoever added what. It is rounded once, when it is asked for.
 *
 * <p>A long fixed-point number (Kulisch 1971) in digits of 32 bits, of which only those that occur
 * are held.
 */
public final class ExactSum {
  /** The exponent of the smallest double: all are whole multiples of 2 to it. */
  private static final int UNIT = -1074;

  private static final int MANTISSA = 52;
  private static final long DIGIT = 0xffffffffL;

  /** Each addend changes a digit by less than 2³³, and one holds ±2⁶³. */
  private static final int WITHOUT_CARRY = 1 << 29;

  private long[] digits = {};

  /** Which digit stands first. */
  private int low;

  private int since;

  /** NaN, or an infinity: what a sum of doubles would be. */
  private double special;

  /** Of no terms yet. */
  public ExactSum() {}

  /** Adds a term. */
  public void add(double v) {
    long bits = Double.doubleToRawLongBits(v);
    int exponent = (int) (bits >>> MANTISSA) & 0x7ff;
    if (exponent == 0x7ff) {
      special += v;
      return;
    }
    long m = bits & (1L << MANTISSA) - 1;
    if (exponent == 0) {
      exponent = 1;
    } else {
      m |= 1L << MANTISSA;
    }
    if (m == 0) {
      return;
    }
    int first = (exponent - 1) >>> 5;
    int shift = (exponent - 1) & 31;
    hold(first, first + 3);
    long near = (m & DIGIT) << shift;
    long far = (m >>> 32) << shift;
    int sign = bits < 0 ? -1 : 1;
    int at = first - low;
    digits[at] += sign * (near & DIGIT);
    digits[at + 1] += sign * ((near >>> 32) + (far & DIGIT));
    digits[at + 2] += sign * (far >>> 32);
    if (++since == WITHOUT_CARRY) {
      carry();
    }
  }

  /** Adds v². */
  void addSquare(double v) {
    double square = v * v;
    add(square);
    if (Double.isFinite(square)) {
      add(Math.fma(v, v, -square)); // what the rounding left out
    }
  }

  /** Adds the terms of another sum. */
  public void add(ExactSum other) {
    special += other.special;
    set(units().add(other.units()));
  }

  private void hold(int from, int to) {
    if (digits.length == 0) {
      low = from;
      digits = new long[to - from];
    } else if (from < low || to > low + digits.length) {
      int begin = Math.min(from, low);
      long[] more = new long[Math.max(to, low + digits.length) - begin];
      System.arraycopy(digits, 0, more, low - begin, digits.length);
      digits = more;
      low = begin;
    }
  }

  private void carry() {
    set(units());
  }

  private void set(BigInteger units) {
    digits = new long[] {};
    since = 0;
    BigInteger rest = units.abs();
    int n = (rest.bitLength() + 31) / 32;
    if (n > 0) {
      int zeros = rest.getLowestSetBit() / 32;
      hold(zeros, n);
      for (int i = zeros; i < n; i++) {
        digits[i - low] = units.signum() * (rest.shiftRight(32 * i).longValue() & DIGIT);
      }
    }
  }

  /** The sum in units of 2⁻¹⁰⁷⁴. */
  BigInteger units() {
    BigInteger all = BigInteger.ZERO;
    for (int i = digits.length - 1; i >= 0; i--) {
      all = all.shiftLeft(32).add(BigInteger.valueOf(digits[i]));
    }
    return all.shiftLeft(32 * low);
  }

  /** The sum, rounded to the nearest double. */
  public double value() {
    return special != 0 ? special : rounded(units(), UNIT);
  }

  /** n·Σv² − (Σv)², rounded once; {@code squares} is the sum of the same terms' squares. */
  static double spread(long n, ExactSum sum, ExactSum squares) {
    if (sum.special != 0) {
      return Double.NaN;
    }
    BigInteger one = sum.units();
    BigInteger all = squares.units().multiply(BigInteger.valueOf(n)).shiftLeft(-UNIT);
    return rounded(all.subtract(one.multiply(one)), 2 * UNIT);
  }

  /** units·2^exponent; 55 bits and whether any follow decide how it is rounded. */
  private static double rounded(BigInteger units, int exponent) {
    BigInteger size = units.abs();
    int shift = Math.max(0, size.bitLength() - 55);
    long top = size.shiftRight(shift).longValue();
    if (shift > 0 && size.getLowestSetBit() < shift) {
      top |= 1;
    }
    return Math.scalb((double) top, exponent + shift) * units.signum();
  }

  /** Writes what {@link #read} reads. */
  public void write(DataOutput out) throws IOException {
    BigInteger units = units();
    int zeros = Math.max(0, units.getLowestSetBit());
    byte[] bytes = units.shiftRight(zeros).toByteArray();
    out.writeDouble(special);
    out.writeInt(zeros);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  /** A sum that was written. */
  public static ExactSum read(DataInput in) throws IOException {
    var sum = new ExactSum();
    sum.special = in.readDouble();
    int zeros = in.readInt();
    byte[] bytes = new byte[in.readInt()];
    in.readFully(bytes);
    sum.set(new BigInteger(bytes).shiftLeft(zeros));
    return sum;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof ExactSum s
        && Double.compare(special, s.special) == 0
        && units().equals(s.units());
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(new Object[] {special, units()});
  }

  @Override
  public String toString() {
    return String.valueOf(value());
  }
}
