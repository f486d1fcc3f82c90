// y[j, i] = x[i, j], square blocks of a vector's width in registers.
#pragma once
#include "simd.h"

namespace ISA {

#ifdef __AVX512F__

// Columns of the 16 vectors become rows: pairs of elements, then pairs of pairs, then quarters of a vector, then halves.
static inline void turn(Vec r[16]) {
  Vec t[16];
#pragma GCC unroll 8
  for (int i = 0; i < 8; i++) {
    t[2 * i] = _mm512_unpacklo_ps(r[2 * i], r[2 * i + 1]);
    t[2 * i + 1] = _mm512_unpackhi_ps(r[2 * i], r[2 * i + 1]);
  }
  const auto low = [](Vec a, Vec b) { return _mm512_castpd_ps(_mm512_unpacklo_pd(_mm512_castps_pd(a), _mm512_castps_pd(b))); };
  const auto high = [](Vec a, Vec b) { return _mm512_castpd_ps(_mm512_unpackhi_pd(_mm512_castps_pd(a), _mm512_castps_pd(b))); };
#pragma GCC unroll 4
  for (int i = 0; i < 4; i++) {
    r[4 * i] = low(t[4 * i], t[4 * i + 2]);
    r[4 * i + 1] = high(t[4 * i], t[4 * i + 2]);
    r[4 * i + 2] = low(t[4 * i + 1], t[4 * i + 3]);
    r[4 * i + 3] = high(t[4 * i + 1], t[4 * i + 3]);
  }
#pragma GCC unroll 4
  for (int i = 0; i < 4; i++) {
    t[i] = _mm512_shuffle_f32x4(r[i], r[i + 4], 0x88);
    t[i + 4] = _mm512_shuffle_f32x4(r[i], r[i + 4], 0xdd);
    t[i + 8] = _mm512_shuffle_f32x4(r[i + 8], r[i + 12], 0x88);
    t[i + 12] = _mm512_shuffle_f32x4(r[i + 8], r[i + 12], 0xdd);
  }
#pragma GCC unroll 4
  for (int i = 0; i < 4; i++) {
    r[i] = _mm512_shuffle_f32x4(t[i], t[i + 8], 0x88);
    r[i + 8] = _mm512_shuffle_f32x4(t[i], t[i + 8], 0xdd);
    r[i + 4] = _mm512_shuffle_f32x4(t[i + 4], t[i + 12], 0x88);
    r[i + 12] = _mm512_shuffle_f32x4(t[i + 4], t[i + 12], 0xdd);
  }
}

#else

static inline void turn(Vec r[8]) {
  Vec t[8];
#pragma GCC unroll 4
  for (int i = 0; i < 4; i++) {
    t[2 * i] = _mm256_unpacklo_ps(r[2 * i], r[2 * i + 1]);
    t[2 * i + 1] = _mm256_unpackhi_ps(r[2 * i], r[2 * i + 1]);
  }
#pragma GCC unroll 2
  for (int i = 0; i < 2; i++) {
    r[4 * i] = _mm256_shuffle_ps(t[4 * i], t[4 * i + 2], 0x44);
    r[4 * i + 1] = _mm256_shuffle_ps(t[4 * i], t[4 * i + 2], 0xee);
    r[4 * i + 2] = _mm256_shuffle_ps(t[4 * i + 1], t[4 * i + 3], 0x44);
    r[4 * i + 3] = _mm256_shuffle_ps(t[4 * i + 1], t[4 * i + 3], 0xee);
  }
#pragma GCC unroll 4
  for (int i = 0; i < 4; i++) {
    t[i] = _mm256_permute2f128_ps(r[i], r[i + 4], 0x20);
    t[i + 4] = _mm256_permute2f128_ps(r[i], r[i + 4], 0x31);
  }
#pragma GCC unroll 8
  for (int i = 0; i < 8; i++) r[i] = t[i];
}

#endif

// x: `rows` rows of `columns` elements, x_step apart; y: its transpose, rows y_step apart.
static inline void transpose(const float* x, int64_t x_step, int64_t rows, int64_t columns, float* y, int64_t y_step) {
  for (int64_t j = 0; j < columns; j += W) {
    const int width = columns - j < W ? int(columns - j) : W;
    for (int64_t i = 0; i < rows; i += W) {
      const int height = rows - i < W ? int(rows - i) : W;
      const float* from = x + i * x_step + j;
      float* to = y + j * y_step + i;
      Vec block[W];
      if (width == W && height == W) {
#pragma GCC unroll 16
        for (int r = 0; r < W; r++) block[r] = load(from + r * x_step);
        turn(block);
#pragma GCC unroll 16
        for (int r = 0; r < W; r++) store(to + r * y_step, block[r]);
      } else {
        const Mask in = first(width);
        const Mask out = first(height);
#pragma GCC unroll 16
        for (int r = 0; r < W; r++) block[r] = r < height ? load(from + r * x_step, in) : zero();
        turn(block);
#pragma GCC unroll 16
        for (int r = 0; r < W; r++) {
          if (r < width) store(to + r * y_step, block[r], out);
        }
      }
    }
  }
}

}  // namespace ISA
