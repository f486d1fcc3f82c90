package dev.vitrine.tensor.kernel.backend;

import static dev.vitrine.tensor.kernel.backend.SameBits.blank;
import static dev.vitrine.tensor.kernel.backend.SameBits.check;
import static dev.vitrine.tensor.kernel.backend.SameBits.rough;
import static dev.vitrine.tensor.kernel.backend.SameBits.special;

import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Kernels.Adagrad;
import dev.vitrine.tensor.kernel.Kernels.Adam;
import dev.vitrine.tensor.kernel.Kernels.RmsProp;
import dev.vitrine.tensor.kernel.Kernels.Sgd;
import org.junit.jupiter.api.Test;

class OptimisersTest {
  private static final int[] SIZES = {1, 13, 16, 255, 10_007};

  @Test
  void sgd() {
    for (int n : SIZES) {
      Tensor w = special(1, 30, n);
      Tensor g = special(2, 30, n);
      Tensor b = tiny(3, n);
      for (float started : new float[] {0, 1}) {
        Tensor rates = Tensor.of(Shape.of(2), 0.1f, started);
        for (boolean nesterov : new boolean[] {false, true}) {
          Sgd s = new Sgd(0.9f, nesterov ? 0 : 0.1f, nesterov, 0.01f);
          check("sgd", (k, o) -> k.sgd(s, w, g, b, rates, o[0], o[1]), blank(n), blank(n));
          check("plain sgd", (k, o) -> k.sgd(s, w, g, null, rates, o[0], null), blank(n));
        }
      }
    }
  }

  @Test
  void adam() {
    for (int n : SIZES) {
      Tensor w = special(1, 30, n);
      Tensor g = special(2, 30, n);
      Tensor m = tiny(3, n);
      Tensor v = squared(tiny(4, n));
      Tensor top = squared(rough(5, n));
      Tensor rates = Tensor.of(Shape.of(3), 1e-3f, 0.19f, 0.0447f);
      for (int mode = 0; mode < 4; mode++) {
        Adam s = new Adam(0.9f, 0.999f, 1e-8f, 0.01f, (mode & 1) != 0);
        boolean amsgrad = (mode & 2) != 0;
        check(
            "adam " + s + amsgrad,
            (k, o) ->
                k.adam(
                    s,
                    w,
                    g,
                    m,
                    v,
                    amsgrad ? top : null,
                    rates,
                    o[0],
                    o[1],
                    o[2],
                    amsgrad ? o[3] : null),
            blank(n),
            blank(n),
            blank(n),
            blank(n));
      }
      Adam s = new Adam(0.9f, 0.999f, 1e-8f, 0, false);
      check(
          "adam in place",
          (k, o) -> k.adam(s, o[0], g, o[1], o[2], null, rates, o[0], o[1], o[2], null),
          w,
          m,
          v);
    }
  }

  @Test
  void rmsprop() {
    for (int n : SIZES) {
      Tensor w = special(1, 30, n);
      Tensor g = special(2, 30, n);
      Tensor v = squared(tiny(3, n));
      Tensor mean = tiny(4, n);
      Tensor b = tiny(5, n);
      Tensor rates = Tensor.of(Shape.of(1), 0.01f);
      for (int mode = 0; mode < 4; mode++) {
        RmsProp s = new RmsProp(0.99f, 1e-8f, 0.9f, 0.01f);
        boolean momentum = (mode & 1) != 0;
        boolean centered = (mode & 2) != 0;
        check(
            "rmsprop " + momentum + centered,
            (k, o) ->
                k.rmsprop(
                    s,
                    w,
                    g,
                    v,
                    centered ? mean : null,
                    momentum ? b : null,
                    rates,
                    o[0],
                    o[1],
                    centered ? o[2] : null,
                    momentum ? o[3] : null),
            blank(n),
            blank(n),
            blank(n),
            blank(n));
      }
    }
  }

  @Test
  void adagrad() {
    for (int n : SIZES) {
      Tensor w = special(1, 30, n);
      Tensor g = special(2, 30, n);
      Tensor v = squared(tiny(3, n));
      Tensor rates = Tensor.of(Shape.of(1), 0.01f);
      Adagrad s = new Adagrad(1e-10f, 0.01f);
      check("adagrad", (k, o) -> k.adagrad(s, w, g, v, rates, o[0], o[1]), blank(n), blank(n));
    }
  }

  /** Moments, some of them around 2⁻¹⁰⁰, where they are dropped. */
  private static Tensor tiny(int seed, int n) {
    Tensor t = special(seed, 20, n);
    for (long i = 0; i < n; i += 3) {
      t.put(i, t.at(i) * 0x1p-110f);
    }
    return t;
  }

  private static Tensor squared(Tensor t) {
    for (long i = 0; i < t.size(); i++) {
      t.put(i, t.at(i) * t.at(i));
    }
    return t;
  }
}
