// The sum and the largest element of a row, in registers.
#pragma once
#include <cstdint>

#include "simd.h"

namespace ISA {

constexpr int FEW = 16;   // partials of a sum of fewer than 64 terms
constexpr int MANY = 64;  // of any other

#ifdef __AVX512F__

// `other` where the mask does not reach.
static inline Vec load(const float* p, Mask m, Vec other) { return _mm512_mask_loadu_ps(other, m, p); }
static inline __m256 lower(Vec v) { return __builtin_shufflevector(v, v, 0, 1, 2, 3, 4, 5, 6, 7); }
static inline __m256 upper(Vec v) { return __builtin_shufflevector(v, v, 8, 9, 10, 11, 12, 13, 14, 15); }
static inline __m256 larger_of_halves(Vec v) { return _mm256_max_ps(lower(v), upper(v)); }
static inline __m256 sum_of_halves(Vec v) { return _mm256_add_ps(lower(v), upper(v)); }

#else

static inline Vec load(const float* p, Mask m, Vec other) { return _mm256_blendv_ps(other, load(p, m), _mm256_castsi256_ps(m)); }
static inline __m256 larger_of_halves(Vec v) { return v; }
static inline __m256 sum_of_halves(Vec v) { return v; }

#endif

// NaN in v is passed over.
static inline Vec larger(Vec v, Vec than) { return v > than ? v : than; }

static inline float largest(Vec v) {
  const __m256 h = larger_of_halves(v);
  const __m128 q = _mm_max_ps(_mm256_castps256_ps128(h), _mm256_extractf128_ps(h, 1));
  const __m128 p = _mm_max_ps(q, _mm_movehl_ps(q, q));
  return p[0] > p[1] ? p[0] : p[1];
}

// The largest of n numbers that are no NaN; −∞ if there are none.
static inline float largest(const float* x, int64_t n) {
  const Vec none = all(-__builtin_inff());
  if (n <= W) return largest(larger(load(x, first(int(n)), none), none));
  Vec m0 = larger(load(x + n - W), none);
  Vec m1 = none;
  Vec m2 = none;
  Vec m3 = none;
  int64_t j = 0;
  for (; j + 4 * W <= n; j += 4 * W) {
    m0 = larger(load(x + j), m0);
    m1 = larger(load(x + j + W), m1);
    m2 = larger(load(x + j + 2 * W), m2);
    m3 = larger(load(x + j + 3 * W), m3);
  }
  for (; j + W <= n; j += W) m0 = larger(load(x + j), m0);
  return largest(larger(larger(m0, m1), larger(m2, m3)));
}

// Term j belongs to partial j mod PARTIALS; neighbouring partials are lanes. The missing terms of the last round are +0, which changes
// nothing: a chain from +0 is never −0.
template <int PARTIALS>
struct Partials {
  static constexpr int N = PARTIALS / W;
  Vec p[N];

  Partials() {
    for (int i = 0; i < N; i++) p[i] = zero();
  }

  // The next n terms; all calls but the last one bring a multiple of PARTIALS.
  void take(const float* x, int64_t n) {
    int64_t j = 0;
    for (; j + PARTIALS <= n; j += PARTIALS)
      for (int i = 0; i < N; i++) p[i] = add(p[i], load(x + j + i * W));
    for (int i = 0; i < N && j < n; i++, j += W) p[i] = add(p[i], load(x + j, first(n - j < W ? int(n - j) : W)));
  }

  // Partial j takes up partial j + 32, then j + 16, 8, 4, 2, 1.
  float sum() {
    for (int half = N / 2; half > 0; half /= 2)
      for (int i = 0; i < half; i++) p[i] = add(p[i], p[i + half]);
    const __m256 h = sum_of_halves(p[0]);
    const __m128 q = _mm_add_ps(_mm256_castps256_ps128(h), _mm256_extractf128_ps(h, 1));
    const __m128 d = _mm_add_ps(q, _mm_movehl_ps(q, q));
    return d[0] + d[1];
  }
};

// Σ x over n terms.
static inline float sum(const float* x, int64_t n) {
  if (n < MANY) {
    Partials<FEW> few;
    few.take(x, n);
    return few.sum();
  }
  Partials<MANY> many;
  many.take(x, n);
  return many.sum();
}

}  // namespace ISA
