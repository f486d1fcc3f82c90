package dev.vitrine.autodiff.op;

import java.util.Arrays;

/** A fixed list of ints that two equal ops can hold. */
public final class Ints {
  private final int[] values;

  private Ints(int[] values) {
    this.values = values;
  }

  public static Ints of(int... values) {
    return new Ints(values.clone());
  }

  public int get(int i) {
    return values[i];
  }

  public int size() {
    return values.length;
  }

  public int[] toArray() {
    return values.clone();
  }

  /** The array itself, for kernels that only read it. */
  int[] shared() {
    return values;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Ints other && Arrays.equals(values, other.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return Arrays.toString(values);
  }
}
