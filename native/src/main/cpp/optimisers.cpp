// w' = w − rate · direction, element by element; every result may lie over its operand. Rates stand in a tensor, because a call that
// is made again must read them again. State that a variant does not keep is null.
#include "kernels.h"
#include "math.h"

namespace ISA {

// Dead weights' moments would creep along in denormals, at twenty times the cost.
static inline float moment(float v) { return math::real(math::bits(v) & (math::abs(v) < 0x1p-100f ? 0u : ~0u)); }

// ---- what is chosen once for all elements is a template's, so that the loops have no branches

template <bool KEPT, bool STARTED, bool NESTEROV>
static inline void sgd(float momentum, float dampening, float decay, float rate, const float* w, const float* g, const float* b,
                       float* w1, float* b1, int64_t n) {
#pragma GCC ivdep
  for (int64_t i = 0; i < n; i++) {
    const float wi = w[i];
    const float gi = math::fma(decay, wi, g[i]);
    const float bi = moment(STARTED ? math::fma(momentum, b[i], (1 - dampening) * gi) : gi);
    const float d = NESTEROV ? math::fma(momentum, bi, gi) : bi;
    if (KEPT) b1[i] = bi;
    w1[i] = math::fma(-rate, d, wi);
  }
}

void sgd(const Header* call) {
  struct Arguments {
    Real momentum;
    Real dampening;
    int64_t nesterov;
    Real decay;
    const float* w;
    const float* g;
    const float* b;
    const float* rates;
    float* w1;
    float* b1;
    int64_t n;
  };
  const auto& [momentum, dampening, nesterov, decay, w, g, b, rates, w1, b1, n] = arguments<Arguments>(call);
  const bool started = rates[1] != 0;
  const auto loop = b == nullptr ? nesterov ? sgd<false, false, true> : sgd<false, false, false>
                    : started    ? nesterov ? sgd<true, true, true> : sgd<true, true, false>
                                 : nesterov ? sgd<true, false, true> : sgd<true, false, false>;
  loop(momentum, dampening, decay, rates[0], w, g, b, w1, b1, n);
}

template <bool DECOUPLED, bool AMSGRAD>
static inline void adam(float beta1, float beta2, float epsilon, float decay, float step, float keep, float root, const float* w,
                        const float* g, const float* m, const float* v, const float* top, float* w1, float* m1, float* v1,
                        float* top1, int64_t n) {
#pragma GCC ivdep
  for (int64_t i = 0; i < n; i++) {
    const float wi = w[i];
    const float gi = DECOUPLED ? g[i] : math::fma(decay, wi, g[i]);
    const float ui = DECOUPLED ? wi * keep : wi;
    const float mi = moment(math::fma(beta1, m[i], (1 - beta1) * gi));
    const float vi = moment(math::fma(beta2, v[i], (1 - beta2) * (gi * gi)));
    const float old = AMSGRAD ? top[i] : 0.0f;
    const float ti = !AMSGRAD ? vi : (vi > old) | (vi != vi) ? vi : old;
    const float d = mi / (math::sqrt(ti) / root + epsilon);
    if (AMSGRAD) top1[i] = ti;
    m1[i] = mi;
    v1[i] = vi;
    w1[i] = math::fma(-step, d, ui);
  }
}

void adam(const Header* call) {
  struct Arguments {
    Real beta1;
    Real beta2;
    Real epsilon;
    Real decay;
    int64_t decoupled;
    const float* w;
    const float* g;
    const float* m;
    const float* v;
    const float* top;
    const float* rates;
    float* w1;
    float* m1;
    float* v1;
    float* top1;
    int64_t n;
  };
  const auto& [beta1, beta2, epsilon, decay, decoupled, w, g, m, v, top, rates, w1, m1, v1, top1, n] =
      arguments<Arguments>(call);
  const bool amsgrad = top != nullptr;
  const float step = rates[0] / rates[1];
  const float keep = 1 - rates[0] * decay;
  const auto loop = decoupled ? amsgrad ? adam<true, true> : adam<true, false> : amsgrad ? adam<false, true> : adam<false, false>;
  loop(beta1, beta2, epsilon, decay, step, keep, rates[2], w, g, m, v, top, w1, m1, v1, top1, n);
}

template <bool CENTERED, bool MOMENTUM>
static inline void rmsprop(float alpha, float epsilon, float momentum, float decay, float rate, const float* w, const float* g,
                           const float* v, const float* mean, const float* b, float* w1, float* v1, float* mean1, float* b1,
                           int64_t n) {
#pragma GCC ivdep
  for (int64_t i = 0; i < n; i++) {
    const float wi = w[i];
    const float gi = math::fma(decay, wi, g[i]);
    const float vi = moment(math::fma(alpha, v[i], (1 - alpha) * (gi * gi)));
    const float ci = CENTERED ? moment(math::fma(alpha, mean[i], (1 - alpha) * gi)) : 0.0f;
    const float z = CENTERED ? math::relu(math::fma(-ci, ci, vi)) : vi;
    const float q = gi / (math::sqrt(z) + epsilon);
    const float d = MOMENTUM ? moment(math::fma(momentum, b[i], q)) : q;
    if (CENTERED) mean1[i] = ci;
    if (MOMENTUM) b1[i] = d;
    v1[i] = vi;
    w1[i] = math::fma(-rate, d, wi);
  }
}

void rmsprop(const Header* call) {
  struct Arguments {
    Real alpha;
    Real epsilon;
    Real momentum;
    Real decay;
    const float* w;
    const float* g;
    const float* v;
    const float* mean;
    const float* b;
    const float* rates;
    float* w1;
    float* v1;
    float* mean1;
    float* b1;
    int64_t n;
  };
  const auto& [alpha, epsilon, momentum, decay, w, g, v, mean, b, rates, w1, v1, mean1, b1, n] =
      arguments<Arguments>(call);
  const bool centered = mean != nullptr;
  const auto loop = b != nullptr  ? centered ? rmsprop<true, true> : rmsprop<false, true>
                                  : centered ? rmsprop<true, false> : rmsprop<false, false>;
  loop(alpha, epsilon, momentum, decay, rates[0], w, g, v, mean, b, w1, v1, mean1, b1, n);
}

void adagrad(const Header* call) {
  struct Arguments {
    Real epsilon;
    Real decay;
    const float* w;
    const float* g;
    const float* v;
    const float* rates;
    float* w1;
    float* v1;
    int64_t n;
  };
  const auto& a = arguments<Arguments>(call);
  const float epsilon = a.epsilon;
  const float decay = a.decay;
  const float rate = a.rates[0];
  const float* w = a.w;
  const float* g = a.g;
  const float* v = a.v;
  float* w1 = a.w1;
  float* v1 = a.v1;
  const int64_t n = a.n;
#pragma GCC ivdep
  for (int64_t i = 0; i < n; i++) {
    const float wi = w[i];
    const float gi = math::fma(decay, wi, g[i]);
    const float vi = moment(math::fma(gi, gi, v[i]));
    v1[i] = vi;
    w1[i] = math::fma(-rate, gi / (math::sqrt(vi) + epsilon), wi);
  }
}

}  // namespace ISA
