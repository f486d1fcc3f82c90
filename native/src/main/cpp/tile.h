// C = A·B for a tile of C that stays in registers: MR rows × NV vectors, one fma chain for each element.
//
// k is a list of runs: in each the operands advance by constant steps. A product of matrices is one run; a convolution has one for each
// stretch of neighbours in the image. B is read in rows of vectors, A element by element, each broadcast to a vector; neither is copied.
#pragma once
#include "simd.h"

namespace ISA {

// Terms of a chain of fma (NUMERICS.md, part 3); the sums of chunks are added.
constexpr int64_t CHUNK = 512;

// Terms that lie side by side: so many from these offsets (in floats) on.
struct Run {
  int64_t a;
  int64_t b;
  int64_t length;
};

// The left operand. Along: element (i, l) of a run at a + i·step + l. Down: at a + ⌊i / 3⌋·group + i mod 3 + l·step; group is 3 where
// all rows are neighbours.
struct Left {
  const float* a;
  int64_t step;
  bool down;
  int64_t group = 3;
};

// The right operand: element (l, j) of a run at b + l·step + j.
struct Right {
  const float* b;
  int64_t step;

  // The same from column j on.
  Right from(int64_t j) const { return {b + j, step}; }
};

// Where the tile goes, and what happens to its sums: C = (add ? C : 0) + sums, then + bias unless that is null, then relu if asked.
struct Out {
  float* c;
  int64_t step;
  bool add = false;
  const float* bias = nullptr;
  bool relu = false;

  // The same for the columns from j on.
  Out from(int64_t j) const { return {c + j, step, add, bias == nullptr ? nullptr : bias + j, relu}; }

  // The same for the rows from i on.
  Out below(int64_t i) const { return {c + i * step, step, add, bias, relu}; }

  // The same for terms that others follow: bias and relu are theirs.
  Out unfinished() const { return {c, step, add}; }
};

// The most rows of a tile that is so many vectors wide: its sums, a row of B and one element of A fill the registers.
constexpr int most_rows(int vectors) {
  return REGISTERS == 32 ? (vectors == 1 ? 14 : vectors == 2 ? 14 : vectors == 3 ? 9 : 6) : (vectors == 1 ? 12 : 6);
}

constexpr int MOST_VECTORS = REGISTERS == 32 ? 4 : 2;

template <int MR, int NV, bool DOWN, bool MASKED>
static void tile(const Run* runs, int count, const Left& left, const Right& right, const Out& out, Mask last) {
  Vec sum[MR][NV];
#pragma GCC unroll 16
  for (int i = 0; i < MR; i++)
#pragma GCC unroll 4
    for (int j = 0; j < NV; j++) sum[i][j] = zero();

  for (int r = 0; r < count; r++) {
    const float* b = right.b + runs[r].b;
    const float* a[(MR + 2) / 3];  // every third row has a pointer, its neighbours are reached by the step
#pragma GCC unroll 8
    for (int q = 0; q < (MR + 2) / 3; q++) a[q] = left.a + runs[r].a + q * (DOWN ? left.group : 3 * left.step);
    const auto term = [&](int64_t l) {  // the one l terms on
      Vec row[NV];
#pragma GCC unroll 4
      for (int j = 0; j < NV; j++) row[j] = MASKED && j == NV - 1 ? load(b + W * j, last) : load(b + W * j);
#pragma GCC unroll 16
      for (int i = 0; i < MR; i++) {
        const Vec x = all(DOWN ? a[i / 3][i % 3] : a[i / 3][(i % 3) * left.step + l]);
#pragma GCC unroll 4
        for (int j = 0; j < NV; j++) sum[i][j] = fma(x, row[j], sum[i][j]);
      }
      b += right.step;
    };
    constexpr int AT_ONCE = DOWN ? 1 : 2;
    int64_t l = runs[r].length;
    for (; l >= AT_ONCE; l -= AT_ONCE) {
      term(0);
      if (AT_ONCE > 1) term(1);
#pragma GCC unroll 8
      for (int q = 0; q < (MR + 2) / 3; q++) a[q] += DOWN ? left.step : AT_ONCE;
    }
    if (l > 0) term(0);
  }

  const auto each = [&](auto body) {
#pragma GCC unroll 16
    for (int i = 0; i < MR; i++)
#pragma GCC unroll 4
      for (int j = 0; j < NV; j++) body(sum[i][j], i, j, MASKED && j == NV - 1);
  };
  if (out.add) {
    each([&](Vec& v, int i, int j, bool masked) {
      const float* c = out.c + i * out.step + W * j;
      v = ISA::add(masked ? load(c, last) : load(c), v);
    });
  }
  if (out.bias != nullptr) {
    each([&](Vec& v, int, int j, bool masked) { v = ISA::add(v, masked ? load(out.bias + W * j, last) : load(out.bias + W * j)); });
  }
  if (out.relu) each([](Vec& v, int, int, bool) { v = relu(v); });
  each([&](Vec& v, int i, int j, bool masked) {
    float* c = out.c + i * out.step + W * j;
    if (masked) {
      store(c, v, last);
    } else {
      store(c, v);
    }
  });
}

// By reference: copied by value, a structure that was just written is read in wider pieces, which waits for all stores before it.
using Tile = void (*)(const Run*, int, const Left&, const Right&, const Out&, Mask);

template <int NV, bool DOWN, bool MASKED>
static inline Tile tile_of(int rows) {
  static constexpr Tile tiles[] = {
#define OF(MR) (MR <= most_rows(NV) ? tile<(MR <= most_rows(NV) ? MR : 1), NV, DOWN, MASKED> : nullptr)
      nullptr, OF(1), OF(2), OF(3), OF(4), OF(5), OF(6), OF(7), OF(8), OF(9), OF(10), OF(11), OF(12), OF(13), OF(14)
#undef OF
  };
  return tiles[rows];
}

template <int NV>
static inline Tile tile_of(bool down, bool masked, int rows) {
  if (down) return masked ? tile_of<NV, true, true>(rows) : tile_of<NV, true, false>(rows);
  return masked ? tile_of<NV, false, true>(rows) : tile_of<NV, false, false>(rows);
}

static inline Tile tile_of(int vectors, bool down, bool masked, int rows) {
  switch (vectors) {
    case 1: return tile_of<1>(down, masked, rows);
    case 2: return tile_of<2>(down, masked, rows);
#ifdef __AVX512F__
    case 3: return tile_of<3>(down, masked, rows);
    default: return tile_of<4>(down, masked, rows);
#else
    default: return nullptr;
#endif
  }
}

// One tile for each so many rows, cut to nearly the same height, over strips of equal width: a tile's part of A stays in the first cache
// while it passes over them.
static inline void strips(const Run* runs, int count, Left left, Right right, Out out, int64_t rows, int64_t number, int vectors,
                          int width) {
  const int64_t unit = left.down && left.group != 3 ? 3 : 1;  // rows that a tile must not part
  const int64_t units = rows / unit;
  const int64_t most = most_rows(vectors) / unit;
  const int64_t tiles = (units + most - 1) / most;
  const Mask last = first(width - (vectors - 1) * W);
  for (int64_t t = 0; t < tiles; t++) {
    const int64_t i = units * t / tiles * unit;
    const int height = int(units * (t + 1) / tiles * unit - i);
    const Tile run = tile_of(vectors, left.down, width < vectors * W, height);
    const int64_t start = left.down ? i / 3 * left.group + i % 3 : i * left.step;
    const Left l = {left.a + start, left.step, left.down, left.group};
    for (int64_t s = 0; s < number; s++) {
      const int64_t j = s * width;
      run(runs, count, l, right.from(j), out.below(i).from(j), last);
    }
  }
}

// Rows × columns of C: whole strips, then what is left of the columns in a narrower one.
static inline void product(const Run* runs, int count, Left left, Right right, Out out, int64_t rows, int64_t columns) {
  constexpr int WIDTH = MOST_VECTORS * W;
  const int64_t whole = columns / WIDTH;
  if (whole > 0) strips(runs, count, left, right, out, rows, whole, MOST_VECTORS, WIDTH);
  const int rest = int(columns - whole * WIDTH);
  if (rest == 0) return;
  const int64_t j = whole * WIDTH;
  strips(runs, count, left, right.from(j), out.from(j), rows, 1, (rest + W - 1) / W, rest);
}

}  // namespace ISA
