// Choices lane by lane: comparisons that know what a NaN does, and the ints that say where the chosen floats stood.
#pragma once
#include "simd.h"

namespace ISA {

// Of a run of n floats that begins at lane 0: the lanes that it fills, n of any size.
static inline Mask lanes(int64_t n) { return first(n >= W ? W : n <= 0 ? 0 : int(n)); }

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

template <bool MAX>
static inline Mask better(Vec v, Vec best) {
  return _mm256_castps_si256(_mm256_and_ps(_mm256_cmp_ps(best, best, _CMP_ORD_Q),
                                           _mm256_cmp_ps(v, best, MAX ? _CMP_NLE_UQ : _CMP_NGE_UQ)));
}

#endif

}  // namespace ISA
