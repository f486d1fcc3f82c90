package dev.vitrine.tensor.kernel.scalar;

import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Binary;
import dev.vitrine.tensor.kernel.Stretched;
import dev.vitrine.tensor.kernel.Unary;

/**
 * y[i] = f(x[i], …), operands stretched to the shape of y. Moves copy bits, so they serve both
 * kinds.
 */
final class Elementwise {
  private Elementwise() {}

  static void fill(float v, Tensor y) {
    for (long i = 0; i < y.size(); i++) {
      y.put(i, v);
    }
  }

  static void copy(Tensor x, Tensor y) {
    for (long i = 0; i < y.size(); i++) {
      y.putInt(i, x.intAt(i));
    }
  }

  static void map(Unary f, float p, float q, Tensor x, Tensor y) {
    for (long i = 0; i < y.size(); i++) {
      y.put(i, f.apply(x.at(i), p, q));
    }
  }

  static void zip(Binary f, Tensor a, Tensor b, Tensor y) {
    Shape s = y.shape();
    if (a.shape().equals(s) && b.shape().equals(s)) {
      zip(f, a, 0, 1, b, 0, 1, y, 0, y.size());
      return;
    }
    int n = Stretched.row(s);
    int aStep = Stretched.step(a.shape());
    int bStep = Stretched.step(b.shape());
    for (long i = 0; i < y.size(); i += n) {
      long ai = Stretched.offset(a.shape(), s, 1, i / n);
      long bi = Stretched.offset(b.shape(), s, 1, i / n);
      zip(f, a, ai, aStep, b, bi, bStep, y, i, n);
    }
  }

  private static void zip(
      Binary f,
      Tensor a,
      long ai,
      int aStep,
      Tensor b,
      long bi,
      int bStep,
      Tensor y,
      long yi,
      long n) {
    for (long j = 0; j < n; j++) {
      y.put(yi + j, f.apply(a.at(ai + j * aStep), b.at(bi + j * bStep)));
    }
  }

  static void select(Tensor c, Tensor a, Tensor b, Tensor y) {
    Shape s = y.shape();
    int n = Stretched.row(s);
    int cStep = Stretched.step(c.shape());
    int aStep = Stretched.step(a.shape());
    int bStep = Stretched.step(b.shape());
    for (long i = 0; i < y.size(); i += n) {
      long ci = Stretched.offset(c.shape(), s, 1, i / n);
      long ai = Stretched.offset(a.shape(), s, 1, i / n);
      long bi = Stretched.offset(b.shape(), s, 1, i / n);
      for (long j = 0; j < n; j++) {
        boolean first = c.at(ci + j * cStep) != 0;
        y.putInt(i + j, first ? a.intAt(ai + j * aStep) : b.intAt(bi + j * bStep));
      }
    }
  }

  static void broadcast(Tensor x, Tensor y) {
    Shape s = y.shape();
    int n = Stretched.row(s);
    int step = Stretched.step(x.shape());
    for (long i = 0; i < y.size(); i += n) {
      long xi = Stretched.offset(x.shape(), s, 1, i / n);
      for (long j = 0; j < n; j++) {
        y.putInt(i + j, x.intAt(xi + j * step));
      }
    }
  }
}
