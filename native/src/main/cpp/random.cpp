// y[row, e] = Philox 4x32-10 (seed; e / 4, firstRow + row, step, stream): a block of four words serves four elements.
// (Salmon, Moraes, Dror, Shaw: Parallel random numbers: as easy as 1, 2, 3, 2011.)
#include "kernels.h"
#include "math.h"
#include "simd.h"

namespace ISA {

enum Draw { UNIFORM, NORMAL, KEEP };

constexpr int BLOCKS = W / 2;        // in a group: one for each 64-bit lane, as the products need
constexpr int ELEMENTS = 4 * BLOCKS;  // of a group

typedef uint64_t Lanes __attribute__((vector_size(4 * W)));
typedef uint32_t Words __attribute__((vector_size(4 * W)));
typedef int32_t Signed __attribute__((vector_size(4 * W)));

// Which block of the group each lane computes: those of the even lanes come out first.
#ifdef __AVX512F__
constexpr Lanes ORDER = {0, 4, 1, 5, 2, 6, 3, 7};
static inline Lanes product(Lanes a, uint32_t b) {
  return Lanes(_mm512_maskz_mul_epu32(0xff, __m512i(a), _mm512_set1_epi64(b)));
}
#else
constexpr Lanes ORDER = {0, 2, 1, 3};
static inline Lanes product(Lanes a, uint32_t b) {
  return Lanes(_mm256_mul_epu32(__m256i(a), _mm256_set1_epi64x(b)));
}
#endif

// Only the lower half of each lane counts, what stands in the upper half is left over.
struct Counter {
  Lanes c0, c1, c2, c3;
};

// The words of a group of blocks, in their order.
__attribute__((always_inline)) static inline void philox(uint64_t seed, Counter c, Words& first, Words& second) {
  uint32_t k0 = uint32_t(seed), k1 = uint32_t(seed >> 32);
#pragma GCC unroll 10
  for (int round = 0; round < 10; round++) {
    const Lanes p0 = product(c.c0, 0xD2511F53u), p1 = product(c.c2, 0xCD9E8D57u);
    c = {(p1 >> 32) ^ c.c1 ^ uint64_t(k0), p1, (p0 >> 32) ^ c.c3 ^ uint64_t(k1), p0};
    k0 += 0x9E3779B9u;
    k1 += 0xBB67AE85u;
  }
  const Lanes a = (c.c0 & 0xFFFFFFFFu) | c.c1 << 32, b = (c.c2 & 0xFFFFFFFFu) | c.c3 << 32;
#ifdef __AVX512F__
  first = Words(__builtin_shufflevector(a, b, 0, 8, 2, 10, 4, 12, 6, 14));
  second = Words(__builtin_shufflevector(a, b, 1, 9, 3, 11, 5, 13, 7, 15));
#else
  first = Words(__builtin_shufflevector(a, b, 0, 4, 2, 6));
  second = Words(__builtin_shufflevector(a, b, 1, 5, 3, 7));
#endif
}

// Uniform in [0, 1): the upper 24 bits over 2²⁴, so that every value is exact.
static inline Vec uniform(Words w) { return __builtin_convertvector(Signed(w >> 8), Vec) * 0x1p-24f; }

// Box and Muller: uniforms u₁ + 2⁻²⁴ and u₂ side by side become r·cos a and r·sin a.
static inline void normal(float* y, int n) {
  float u1[ELEMENTS / 2], u2[ELEMENTS / 2];
  for (int i = 0; i < n / 2; i++) {
    u1[i] = y[2 * i] + 0x1p-24f;
    u2[i] = y[2 * i + 1];
  }
  for (int i = 0; i < n / 2; i++) {
    const float r = math::sqrt(-2.0f * math::log(u1[i]));
    const float a = 6.2831855f * u2[i];
    u1[i] = r * math::moderate_cos(a);
    u2[i] = r * math::moderate_sin(a);
  }
  for (int i = 0; i < n / 2; i++) {
    y[2 * i] = u1[i];
    y[2 * i + 1] = u2[i];
  }
}

struct Recipe {
  int64_t draw;
  uint64_t seed;
  Real p;
};

// The elements of a group of blocks.
template <int DRAW>
__attribute__((always_inline)) static inline void group(const Recipe& recipe, const Counter& counter, float* y) {
  Words words[2];
  philox(recipe.seed, counter, words[0], words[1]);
  const float p = recipe.p, kept = 1.0f / (1.0f - p);
  for (int half = 0; half < 2; half++) {
    const Vec u = uniform(words[half]);
    store(y + half * W, DRAW == KEEP ? Vec(Signed(all(kept)) & Signed(u >= all(p))) : u);
  }
  if (DRAW == NORMAL) normal(y, ELEMENTS);
}

struct Arguments {
  const int32_t* clock;  // step and first row; read here, as a recorded call is replayed with another clock
  float* y;
  Recipe recipe;
  int64_t stream, n, from, to;  // n elements in a row; the blocks of all rows are counted through
};

static inline Lanes lanes(uint32_t x) { return Lanes{} + x; }

template <int DRAW>
static inline void fill(const Arguments& a) {
  const int64_t blocks = (a.n + 3) / 4;  // of a row
  const uint32_t step = uint32_t(a.clock[0]), first_row = uint32_t(a.clock[1]);
  const Lanes c2 = lanes(step), c3 = lanes(uint32_t(a.stream));
  for (int64_t at = a.from; at < a.to;) {
    const int64_t row = at / blocks, block = at % blocks;
    if (a.to - at >= BLOCKS && 4 * block + ELEMENTS <= a.n) {
      const Lanes c1 = lanes(first_row + uint32_t(row));
      float* y = a.y + row * a.n;
      int64_t b = block;
      for (; a.to - at >= BLOCKS && 4 * b + ELEMENTS <= a.n; b += BLOCKS, at += BLOCKS) {
        group<DRAW>(a.recipe, {lanes(uint32_t(b)) + ORDER, c1, c2, c3}, y + 4 * b);
      }
      continue;
    }
    // The end of a row, and rows that are shorter than a group: blocks of several rows side by side.
    uint64_t c0[BLOCKS] = {}, c1[BLOCKS] = {};
    float elements[ELEMENTS];
    float* to[BLOCKS];
    int count[BLOCKS];
    int used = 0;
    for (int64_t r = row, b = block; used < BLOCKS && at < a.to; used++, at++) {
      c0[used] = uint32_t(b);
      c1[used] = first_row + uint32_t(r);
      to[used] = a.y + r * a.n + 4 * b;
      count[used] = int(a.n - 4 * b < 4 ? a.n - 4 * b : 4);
      if (++b == blocks) {
        b = 0;
        r++;
      }
    }
    Lanes l0, l1;
    for (int l = 0; l < BLOCKS; l++) {
      l0[l] = c0[ORDER[l]];
      l1[l] = c1[ORDER[l]];
    }
    group<DRAW>(a.recipe, {l0, l1, c2, c3}, elements);
    for (int i = 0; i < used; i++) {
      for (int k = 0; k < count[i]; k++) to[i][k] = elements[4 * i + k];
    }
  }
}

[[gnu::flatten]] void random(const Header* call) {
  const Arguments& a = arguments<Arguments>(call);
  if (a.from >= a.to) return;
  if (a.recipe.draw == UNIFORM) {
    fill<UNIFORM>(a);
  } else if (a.recipe.draw == NORMAL) {
    fill<NORMAL>(a);
  } else {
    fill<KEEP>(a);
  }
}

}  // namespace ISA
