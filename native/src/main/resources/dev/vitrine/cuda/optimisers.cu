// w' = w − rate · direction, element by element; the formulas stand in the scalar backend. State that a variant doesn't keep is null.
#include "common.h"

// Dead weights' moments would creep along in denormals.
__device__ static inline float moment(float v) { return math::abs(v) < 0x1p-100f ? 0.0f : v; }

struct Sgd {
  const float *w, *g, *b, *rates;
  float *w1, *b1;
  Real momentum, dampening;
  Int nesterov;
  Real decay;
  Int n;
};

extern "C" __global__ void sgd(Sgd a) {
  const float rate = a.rates[0];
  const bool started = a.rates[1] != 0;
  EACH(i, a.n) {
    const float w = a.w[i];
    const float g = math::fma(a.decay, w, a.g[i]);
    const float b = moment(a.b != nullptr && started ? math::fma(a.momentum, a.b[i], (1 - a.dampening) * g) : g);
    const float d = a.nesterov ? math::fma(a.momentum, b, g) : b;
    if (a.b1 != nullptr) a.b1[i] = b;
    a.w1[i] = math::fma(-rate, d, w);
  }
}

struct Adam {
  const float *w, *g, *m, *v, *top, *rates;
  float *w1, *m1, *v1, *top1;
  Real beta1, beta2, epsilon, decay;
  Int decoupled, n;
};

extern "C" __global__ void adam(Adam a) {
  const float step = a.rates[0] / a.rates[1];
  const float keep = a.decoupled ? 1 - a.rates[0] * a.decay : 1.0f;
  EACH(i, a.n) {
    const float w = a.w[i];
    const float g = a.decoupled ? a.g[i] : math::fma(a.decay, w, a.g[i]);
    const float u = a.decoupled ? w * keep : w;
    const float m = moment(math::fma(a.beta1, a.m[i], (1 - a.beta1) * g));
    const float v = moment(math::fma(a.beta2, a.v[i], (1 - a.beta2) * (g * g)));
    float top = v;
    if (a.top != nullptr) {
      const float old = a.top[i];
      top = v > old || (v != v && old == old) ? v : old;
    }
    const float d = m / (math::sqrt(top) / a.rates[2] + a.epsilon);
    if (a.top1 != nullptr) a.top1[i] = top;
    a.m1[i] = m;
    a.v1[i] = v;
    a.w1[i] = math::fma(-step, d, u);
  }
}

struct RmsProp {
  const float *w, *g, *v, *mean, *b, *rates;
  float *w1, *v1, *mean1, *b1;
  Real alpha, epsilon, momentum, decay;
  Int n;
};

extern "C" __global__ void rmsprop(RmsProp a) {
  const float rate = a.rates[0];
  EACH(i, a.n) {
    const float w = a.w[i];
    const float g = math::fma(a.decay, w, a.g[i]);
    const float v = moment(math::fma(a.alpha, a.v[i], (1 - a.alpha) * (g * g)));
    float z = v;
    if (a.mean != nullptr) {
      const float mean = moment(math::fma(a.alpha, a.mean[i], (1 - a.alpha) * g));
      z = math::relu(math::fma(-mean, mean, v));
      a.mean1[i] = mean;
    }
    float d = g / (math::sqrt(z) + a.epsilon);
    if (a.b != nullptr) {
      d = moment(math::fma(a.momentum, a.b[i], d));
      a.b1[i] = d;
    }
    a.v1[i] = v;
    a.w1[i] = math::fma(-rate, d, w);
  }
}

struct Adagrad {
  const float *w, *g, *v, *rates;
  float *w1, *v1;
  Real epsilon, decay;
  Int n;
};

extern "C" __global__ void adagrad(Adagrad a) {
  const float rate = a.rates[0];
  EACH(i, a.n) {
    const float w = a.w[i];
    const float g = math::fma(a.decay, w, a.g[i]);
    const float v = moment(math::fma(g, g, a.v[i]));
    a.v1[i] = v;
    a.w1[i] = math::fma(-rate, g / (math::sqrt(v) + a.epsilon), w);
  }
}
