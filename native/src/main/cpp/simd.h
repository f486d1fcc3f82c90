// A vector of floats and a mask of its first lanes, in the instruction set that this file is compiled for. For tiles, which must stay
// in registers; simple loops are left to the compiler.
#pragma once
#include <immintrin.h>

namespace ISA {

#ifdef __AVX512F__

constexpr int W = 16;          // floats in a vector
constexpr int REGISTERS = 32;  // that an instruction can name
using Vec = __m512;
using Mask = __mmask16;

static inline Vec zero() { return _mm512_setzero_ps(); }
static inline Vec all(float x) { return _mm512_set1_ps(x); }
static inline Vec load(const float* p) { return _mm512_loadu_ps(p); }
static inline Vec load(const float* p, Mask m) { return _mm512_maskz_loadu_ps(m, p); }  // 0 elsewhere, nothing is read there
static inline void store(float* p, Vec v) { _mm512_storeu_ps(p, v); }
static inline void store(float* p, Vec v, Mask m) { _mm512_mask_storeu_ps(p, m, v); }
static inline Vec fma(Vec a, Vec b, Vec c) { return _mm512_fmadd_ps(a, b, c); }
static inline Vec add(Vec a, Vec b) { return _mm512_add_ps(a, b); }
static inline Vec relu(Vec x) { return _mm512_maskz_mov_ps(_mm512_cmp_ps_mask(x, zero(), _CMP_NLE_UQ), x); }  // NaN stays

// The first n lanes, 0 ≤ n ≤ W.
static inline Mask first(int n) { return Mask((1u << n) - 1); }

#else

constexpr int W = 8;
constexpr int REGISTERS = 16;
using Vec = __m256;
using Mask = __m256i;

static inline Vec zero() { return _mm256_setzero_ps(); }
static inline Vec all(float x) { return _mm256_set1_ps(x); }
static inline Vec load(const float* p) { return _mm256_loadu_ps(p); }
static inline Vec load(const float* p, Mask m) { return _mm256_maskload_ps(p, m); }
static inline void store(float* p, Vec v) { _mm256_storeu_ps(p, v); }
static inline void store(float* p, Vec v, Mask m) { _mm256_maskstore_ps(p, m, v); }
static inline Vec fma(Vec a, Vec b, Vec c) { return _mm256_fmadd_ps(a, b, c); }
static inline Vec add(Vec a, Vec b) { return _mm256_add_ps(a, b); }
static inline Vec relu(Vec x) { return _mm256_andnot_ps(_mm256_cmp_ps(x, zero(), _CMP_LE_OQ), x); }  // NaN stays

static inline Mask first(int n) {
  return _mm256_cmpgt_epi32(_mm256_set1_epi32(n), _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7));
}

#endif

}  // namespace ISA
