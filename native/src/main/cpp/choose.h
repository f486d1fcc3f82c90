// Choices lane by lane: comparisons that know what a NaN does, and the ints that say where the chosen floats stood.
#pragma once
#include <cstdint>

#include "simd.h"

namespace ISA {

// Of a run of n floats that begins at lane 0: the lanes that it fills, n of any size.
static inline Mask lanes(int64_t n) { return first(n >= W ? W : n <= 0 ? 0 : int(n)); }

template <bool MAX>
static inline float extreme8(__m256 v) {
  const __m128 low = _mm256_castps256_ps128(v), high = _mm256_extractf128_ps(v, 1);
  const __m128 four = MAX ? _mm_max_ps(low, high) : _mm_min_ps(low, high);
  const __m128 behind = _mm_movehl_ps(four, four);
  const __m128 two = MAX ? _mm_max_ps(four, behind) : _mm_min_ps(four, behind);
  const __m128 odd = _mm_movehdup_ps(two);
  return _mm_cvtss_f32(MAX ? _mm_max_ss(two, odd) : _mm_min_ss(two, odd));
}

#ifdef __AVX512F__

using Ints = __m512i;

static inline Ints ints(int32_t x) { return _mm512_set1_epi32(x); }
static inline Ints counting() { return _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15); }
static inline Ints add(Ints a, Ints b) { return _mm512_add_epi32(a, b); }
static inline Ints smaller(Ints a, Ints b) { return _mm512_maskz_min_epi32(Mask(-1), a, b); }
static inline void store(int32_t* p, Ints v) { _mm512_storeu_si512(p, v); }
static inline void store(int32_t* p, Ints v, Mask m) { _mm512_mask_storeu_epi32(p, m, v); }
static inline Vec choose(Mask m, Vec yes, Vec no) { return _mm512_mask_blend_ps(m, no, yes); }
static inline Ints choose(Mask m, Ints yes, Ints no) { return _mm512_mask_blend_epi32(m, no, yes); }
static inline Mask both(Mask a, Mask b) { return a & b; }

static inline Mask equal(Vec a, Vec b) { return _mm512_cmp_ps_mask(a, b, _CMP_EQ_OQ); }
static inline Mask equal(Ints a, Ints b) { return _mm512_cmpeq_epi32_mask(a, b); }
static inline Mask positive(Vec a) { return _mm512_cmp_ps_mask(a, zero(), _CMP_GT_OQ); }
static inline Ints load(const int32_t* p, Mask m) { return _mm512_maskz_loadu_epi32(m, p); }
static inline Mask nan(Vec a) { return _mm512_cmp_ps_mask(a, a, _CMP_UNORD_Q); }
static inline uint32_t bits(Mask m) { return m; }
static inline Mask unequal(Vec a, Vec b) { return _mm512_cmp_ps_mask(a, b, _CMP_NEQ_UQ); }  // or a NaN

// The lanes that m names, one behind the other; up to W are written. How many there are.
static inline int pressed(Mask m, Ints v, Vec x, int32_t* to, float* with) {
  _mm512_storeu_si512(to, _mm512_maskz_compress_epi32(m, v));
  _mm512_storeu_ps(with, _mm512_maskz_compress_ps(m, x));
  return __builtin_popcount(m);
}

// The largest (smallest) lane where none is a NaN.
template <bool MAX>
static inline float extreme(Vec v) {
  const __m256 low = __builtin_shufflevector(v, v, 0, 1, 2, 3, 4, 5, 6, 7);
  const __m256 high = __builtin_shufflevector(v, v, 8, 9, 10, 11, 12, 13, 14, 15);
  return extreme8<MAX>(MAX ? _mm256_max_ps(low, high) : _mm256_min_ps(low, high));
}

// v replaces the best so far: equals don't, a NaN replaces all but a NaN.
template <bool MAX>
static inline Mask better(Vec v, Vec best) {
  return _mm512_mask_cmp_ps_mask(_mm512_cmp_ps_mask(best, best, _CMP_ORD_Q), v, best, MAX ? _CMP_NLE_UQ : _CMP_NGE_UQ);
}

#else

using Ints = __m256i;

static inline Ints ints(int32_t x) { return _mm256_set1_epi32(x); }
static inline Ints counting() { return _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7); }
static inline Ints add(Ints a, Ints b) { return _mm256_add_epi32(a, b); }
static inline Ints smaller(Ints a, Ints b) { return _mm256_min_epi32(a, b); }
static inline void store(int32_t* p, Ints v) { _mm256_storeu_si256(reinterpret_cast<Ints*>(p), v); }
static inline void store(int32_t* p, Ints v, Mask m) { _mm256_maskstore_epi32(p, m, v); }
static inline Vec choose(Mask m, Vec yes, Vec no) { return _mm256_blendv_ps(no, yes, _mm256_castsi256_ps(m)); }
static inline Ints choose(Mask m, Ints yes, Ints no) { return _mm256_blendv_epi8(no, yes, m); }
static inline Mask both(Mask a, Mask b) { return _mm256_and_si256(a, b); }
static inline Mask equal(Vec a, Vec b) { return _mm256_castps_si256(_mm256_cmp_ps(a, b, _CMP_EQ_OQ)); }
static inline Mask equal(Ints a, Ints b) { return _mm256_cmpeq_epi32(a, b); }
static inline Mask positive(Vec a) { return _mm256_castps_si256(_mm256_cmp_ps(a, zero(), _CMP_GT_OQ)); }
static inline Ints load(const int32_t* p, Mask m) { return _mm256_maskload_epi32(p, m); }
static inline Mask nan(Vec a) { return _mm256_castps_si256(_mm256_cmp_ps(a, a, _CMP_UNORD_Q)); }
static inline uint32_t bits(Mask m) { return uint32_t(_mm256_movemask_ps(_mm256_castsi256_ps(m))); }
static inline Mask unequal(Vec a, Vec b) { return _mm256_castps_si256(_mm256_cmp_ps(a, b, _CMP_NEQ_UQ)); }

static inline int pressed(Mask m, Ints v, Vec x, int32_t* to, float* with) {
  int32_t ints[W];
  float floats[W];
  store(ints, v);
  store(floats, x);
  int count = 0;
  for (uint32_t rest = bits(m); rest != 0; rest &= rest - 1) {
    const int lane = __builtin_ctz(rest);
    to[count] = ints[lane];
    with[count++] = floats[lane];
  }
  return count;
}

template <bool MAX>
static inline float extreme(Vec v) {
  return extreme8<MAX>(v);
}

template <bool MAX>
static inline Mask better(Vec v, Vec best) {
  return _mm256_castps_si256(_mm256_and_ps(_mm256_cmp_ps(best, best, _CMP_ORD_Q),
                                           _mm256_cmp_ps(v, best, MAX ? _CMP_NLE_UQ : _CMP_NGE_UQ)));
}

#endif

}  // namespace ISA
