// What few_channels.h computes with: C += w·dyᵀ on top of chains that have begun, lines turned to have pixels as lanes, and back.
#pragma once
#include <cstdint>

#include "simd.h"

namespace ISA {

// Terms (t, l), t < taps, l < terms: x[l·step − t·fall + pixel]. Meanwhile memory that is needed next is fetched from two places on.
struct Turned {
  const float* x;
  int64_t step;
  int64_t fall;
  int64_t taps;
  int64_t terms;
  const float* next;
  const float* beside;
  int64_t pace;  // floats per term
};

// The most chains of a tile that is so many vectors of pixels wide: they, the pixels and one weight fill the registers.
constexpr int most_sums(int vectors) {
  return REGISTERS == 32 ? (vectors <= 2 ? 14 : vectors == 3 ? 9 : 6) : (vectors == 1 ? 12 : vectors == 2 ? 6 : 4);
}

constexpr int MOST_X = REGISTERS == 32 ? 4 : 3;

// The weights of a term are neighbours, one for each of R rows of chains; a weight serves X vectors, a vector R weights.
template <int R, int X>
static void sweep_tile(const Turned& d, const float* w, int64_t w_step, float* c, int64_t c_step, bool masked, Mask last) {
  Vec sum[R][X];
#pragma GCC unroll 16
  for (int r = 0; r < R; r++)
#pragma GCC unroll 4
    for (int v = 0; v < X; v++) sum[r][v] = load(c + r * c_step + v * W);
  const float* next = d.next;
  const float* beside = d.beside;
  for (int64_t t = 0; t < d.taps; t++) {
    const float* x = d.x - t * d.fall;
    for (int64_t l = d.terms; l > 0; l--) {
      Vec pixels[X];
#pragma GCC unroll 4
      for (int v = 0; v < X; v++) pixels[v] = load(x + v * W);
#pragma GCC unroll 16
      for (int r = 0; r < R; r++) {
        const Vec weight = all(w[r]);
#pragma GCC unroll 4
        for (int v = 0; v < X; v++) sum[r][v] = fma(weight, pixels[v], sum[r][v]);
      }
      _mm_prefetch(reinterpret_cast<const char*>(next), _MM_HINT_T0);
      _mm_prefetch(reinterpret_cast<const char*>(beside), _MM_HINT_T0);
      next += d.pace;
      beside += d.pace;
      x += d.step;
      w += w_step;
    }
  }
#pragma GCC unroll 16
  for (int r = 0; r < R; r++)
#pragma GCC unroll 4
    for (int v = 0; v < X; v++) {
      if (v == X - 1 && masked) {
        store(c + r * c_step + v * W, sum[r][v], last);
      } else {
        store(c + r * c_step + v * W, sum[r][v]);
      }
    }
}

using SweepTile = void (*)(const Turned&, const float*, int64_t, float*, int64_t, bool, Mask);

template <int X>
static inline SweepTile sweep_tile_of(int sums) {
  static constexpr SweepTile tiles[] = {
#define OF(R) (R <= most_sums(X) ? sweep_tile<(R <= most_sums(X) ? R : 1), X> : nullptr)
      nullptr, OF(1), OF(2), OF(3), OF(4), OF(5), OF(6), OF(7), OF(8), OF(9), OF(10), OF(11), OF(12), OF(13), OF(14)
#undef OF
  };
  return tiles[sums];
}

static inline SweepTile sweep_tile_of(int vectors, int sums) {
  switch (vectors) {
    case 1: return sweep_tile_of<1>(sums);
    case 2: return sweep_tile_of<2>(sums);
    case 3: return sweep_tile_of<3>(sums);
#ifdef __AVX512F__
    default: return sweep_tile_of<4>(sums);
#else
    default: return nullptr;
#endif
  }
}

// All rows of chains and all vectors, in tiles of nearly equal size.
static inline void sweep(Turned d, const float* w, int64_t w_step, float* c, int64_t c_step, int64_t rows, int64_t vectors, bool masked,
                         Mask last) {
  // The widest tile that holds all chains of a pixel or, where none does, 9 (AVX2: 6) of them: most fma per load.
  const int most_x = rows <= most_sums(MOST_X) ? MOST_X : MOST_X - 1;
  const int64_t strips = (vectors + most_x - 1) / most_x;
  int64_t v = 0;
  for (int64_t s = 0; s < strips; s++) {
    const int64_t end = vectors * (s + 1) / strips;
    const int wide = int(end - v);
    const int64_t blocks = (rows + most_sums(wide) - 1) / most_sums(wide);
    int64_t r = 0;
    for (int64_t b = 0; b < blocks; b++) {
      const int64_t r_end = rows * (b + 1) / blocks;
      const Turned part = {d.x + v * W, d.step, d.fall, d.taps, d.terms, d.next, d.beside, d.pace};
      sweep_tile_of(wide, int(r_end - r))(part, w + r, w_step, c + r * c_step + v * W, c_step, masked && s + 1 == strips, last);
      r = r_end;
    }
    v = end;
  }
}

#ifdef __AVX512F__

static inline Vec low_pairs(Vec a, Vec b) { return _mm512_unpacklo_ps(a, b); }
static inline Vec high_pairs(Vec a, Vec b) { return _mm512_unpackhi_ps(a, b); }
static inline Vec low_halves(Vec a, Vec b) {
  return _mm512_castpd_ps(_mm512_unpacklo_pd(_mm512_castps_pd(a), _mm512_castps_pd(b)));
}
static inline Vec high_halves(Vec a, Vec b) {
  return _mm512_castpd_ps(_mm512_unpackhi_pd(_mm512_castps_pd(a), _mm512_castps_pd(b)));
}

// Four floats of the rows 0, 4, 8 and 12, as far as there are so many rows.
template <int ROWS>
static inline Vec quarters(const float* p, int64_t step) {
  if (ROWS <= 0) return zero();
  Vec v = _mm512_zextps128_ps512(_mm_loadu_ps(p));
  if (ROWS > 4) v = _mm512_insertf32x4(v, _mm_loadu_ps(p + 4 * step), 1);
  if (ROWS > 8) v = _mm512_insertf32x4(v, _mm_loadu_ps(p + 8 * step), 2);
  if (ROWS > 12) v = _mm512_insertf32x4(v, _mm_loadu_ps(p + 12 * step), 3);
  return v;
}

#else

static inline Vec low_pairs(Vec a, Vec b) { return _mm256_unpacklo_ps(a, b); }
static inline Vec high_pairs(Vec a, Vec b) { return _mm256_unpackhi_ps(a, b); }
static inline Vec low_halves(Vec a, Vec b) {
  return _mm256_castpd_ps(_mm256_unpacklo_pd(_mm256_castps_pd(a), _mm256_castps_pd(b)));
}
static inline Vec high_halves(Vec a, Vec b) {
  return _mm256_castpd_ps(_mm256_unpackhi_pd(_mm256_castps_pd(a), _mm256_castps_pd(b)));
}

template <int ROWS>
static inline Vec quarters(const float* p, int64_t step) {
  if (ROWS <= 0) return zero();
  Vec v = _mm256_zextps128_ps256(_mm_loadu_ps(p));
  if (ROWS > 4) v = _mm256_insertf128_ps(v, _mm_loadu_ps(p + 4 * step), 1);
  return v;
}

#endif

// y[l, r] = x[r, l] for ROWS ≤ W rows and four columns after the other; y[l, r] = 0 for r from ROWS to W − 1. Rows are put into the
// quarters of a vector by loads, which leaves half of a transposition's shuffles.
template <int ROWS>
static void turn_rows(const float* x, int64_t x_step, int64_t quads, float* y, int64_t y_step) {
  for (; quads > 0; quads--) {
    const Vec a = quarters<ROWS>(x, x_step);
    const Vec b = quarters<ROWS - 1>(x + x_step, x_step);
    const Vec c = quarters<ROWS - 2>(x + 2 * x_step, x_step);
    const Vec d = quarters<ROWS - 3>(x + 3 * x_step, x_step);
    const Vec ab = low_pairs(a, b);
    const Vec cd = low_pairs(c, d);
    const Vec ab2 = high_pairs(a, b);
    const Vec cd2 = high_pairs(c, d);
    store(y, low_halves(ab, cd));
    store(y + y_step, high_halves(ab, cd));
    store(y + 2 * y_step, low_halves(ab2, cd2));
    store(y + 3 * y_step, high_halves(ab2, cd2));
    x += 4;
    y += 4 * y_step;
  }
}

using TurnRows = void (*)(const float*, int64_t, int64_t, float*, int64_t);

static inline TurnRows turn_rows_of(int rows) {
  static constexpr TurnRows table[] = {
#define OF(R) turn_rows<(R <= W ? R : 1)>
      nullptr, OF(1), OF(2), OF(3), OF(4), OF(5), OF(6), OF(7), OF(8), OF(9), OF(10), OF(11), OF(12), OF(13), OF(14), OF(15), OF(16)
#undef OF
  };
  return table[rows];
}

// y[l, r] = x[r, l]; behind each row of y up to W − 1 floats may become 0.
static inline void turn(const float* x, int64_t x_step, int64_t rows, int64_t columns, float* y, int64_t y_step) {
  const int64_t quads = columns / 4;
  for (int64_t r = 0; r < rows && quads > 0; r += W) {
    turn_rows_of(rows - r < W ? int(rows - r) : W)(x + r * x_step, x_step, quads, y + r, y_step);
  }
  for (int64_t l = 4 * quads; l < columns; l++)
    for (int64_t r = 0; r < rows; r++) y[l * y_step + r] = x[r * x_step + l];
}

// y[p·y_step + i] = x[i·x_step + p], I known: the compiler knows how to interleave.
template <int I>
static void interleave_lines(const float* __restrict x, int64_t x_step, int64_t pixels, float* __restrict y) {
  for (int64_t p = 0; p < pixels; p++)
    for (int i = 0; i < I; i++) y[p * I + i] = x[i * x_step + p];
}

static inline void interleave(const float* x, int64_t x_step, int64_t lines, int64_t pixels, float* y, int64_t y_step) {
  if (lines == y_step) {
    switch (lines) {
      case 1: return interleave_lines<1>(x, x_step, pixels, y);
      case 2: return interleave_lines<2>(x, x_step, pixels, y);
      case 3: return interleave_lines<3>(x, x_step, pixels, y);
      case 4: return interleave_lines<4>(x, x_step, pixels, y);
      default: break;
    }
  }
  for (int64_t p = 0; p < pixels; p++)
    for (int64_t i = 0; i < lines; i++) y[p * y_step + i] = x[i * x_step + p];
}

}  // namespace ISA
