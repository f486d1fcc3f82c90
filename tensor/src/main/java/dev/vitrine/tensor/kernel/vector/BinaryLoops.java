package dev.vitrine.tensor.kernel.vector;

import static dev.vitrine.tensor.kernel.vector.Lanes.WIDTH;
import static dev.vitrine.tensor.kernel.vector.Raw.all;
import static dev.vitrine.tensor.kernel.vector.Raw.put;
import static dev.vitrine.tensor.kernel.vector.Raw.vector;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.NE;

import dev.vitrine.tensor.kernel.Binary;
import jdk.incubator.vector.FloatVector;

/** y = f(a, b) over whole vectors: one loop for each {@link Binary}, in its order. */
final class BinaryLoops {
  private BinaryLoops() {}

  /** Up to the end of the vector that holds element n − 1; y may lie over a or b. */
  static void run(Binary f, long a, long b, long y, int n) {
    switch (f) {
      case ADD -> add(a, b, y, n);
      case SUB -> sub(a, b, y, n);
      case MUL -> mul(a, b, y, n);
      case DIV -> div(a, b, y, n);
      case MAX -> max(a, b, y, n);
      case MIN -> min(a, b, y, n);
      case GREATER -> greater(a, b, y, n);
      case EQUAL -> equal(a, b, y, n);
      case POW -> pow(a, b, y, n);
    }
  }

  private static void add(long a0, long b0, long y, int n) {
    for (int i = 0; i < n; i += WIDTH) {
      FloatVector a = vector(a0 + 4L * i);
      FloatVector b = vector(b0 + 4L * i);
      put(a.add(b), y + 4L * i);
    }
  }

  private static void sub(long a0, long b0, long y, int n) {
    for (int i = 0; i < n; i += WIDTH) {
      FloatVector a = vector(a0 + 4L * i);
      FloatVector b = vector(b0 + 4L * i);
      put(a.sub(b), y + 4L * i);
    }
  }

  private static void mul(long a0, long b0, long y, int n) {
    for (int i = 0; i < n; i += WIDTH) {
      FloatVector a = vector(a0 + 4L * i);
      FloatVector b = vector(b0 + 4L * i);
      put(a.mul(b), y + 4L * i);
    }
  }

  private static void div(long a0, long b0, long y, int n) {
    for (int i = 0; i < n; i += WIDTH) {
      FloatVector a = vector(a0 + 4L * i);
      FloatVector b = vector(b0 + 4L * i);
      put(a.div(b), y + 4L * i);
    }
  }

  private static void max(long a0, long b0, long y, int n) {
    for (int i = 0; i < n; i += WIDTH) {
      FloatVector a = vector(a0 + 4L * i);
      FloatVector b = vector(b0 + 4L * i);
      put(a.blend(b, b.compare(GT, a).or(b.compare(NE, b))), y + 4L * i);
    }
  }

  private static void min(long a0, long b0, long y, int n) {
    for (int i = 0; i < n; i += WIDTH) {
      FloatVector a = vector(a0 + 4L * i);
      FloatVector b = vector(b0 + 4L * i);
      put(a.blend(b, b.compare(LT, a).or(b.compare(NE, b))), y + 4L * i);
    }
  }

  private static void greater(long a0, long b0, long y, int n) {
    for (int i = 0; i < n; i += WIDTH) {
      FloatVector a = vector(a0 + 4L * i);
      FloatVector b = vector(b0 + 4L * i);
      put(all(0).blend(1, a.compare(GT, b)), y + 4L * i);
    }
  }

  private static void equal(long a0, long b0, long y, int n) {
    for (int i = 0; i < n; i += WIDTH) {
      FloatVector a = vector(a0 + 4L * i);
      FloatVector b = vector(b0 + 4L * i);
      put(all(0).blend(1, a.compare(EQ, b)), y + 4L * i);
    }
  }

  private static void pow(long a, long b, long y, int n) {
    for (int i = 0; i < n; i++) {
      put(Binary.POW.apply(Raw.get(a + 4L * i), Raw.get(b + 4L * i)), y + 4L * i);
    }
  }
}
