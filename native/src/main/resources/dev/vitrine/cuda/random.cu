// y[row, e] = Philox 4x32-10 (seed; e / 4, firstRow + row, step, stream): a thread for four elements.
// (Salmon, Moraes, Dror, Shaw: Parallel random numbers: as easy as 1, 2, 3, 2011.)
#include "common.h"

enum Draw { UNIFORM, NORMAL, KEEP };

struct Random {
  const int* clock;  // step and first row
  float* y;
  Int draw;
  unsigned long long seed;
  Real p;
  Int stream, rows, n;  // n elements in a row
};

__device__ static inline void philox(unsigned long long seed, unsigned (&c)[4]) {
  unsigned k0 = unsigned(seed), k1 = unsigned(seed >> 32);
  for (int round = 0; round < 10; round++) {
    const unsigned long long p0 = 0xD2511F53ull * c[0], p1 = 0xCD9E8D57ull * c[2];
    c[0] = unsigned(p1 >> 32) ^ c[1] ^ k0;
    c[1] = unsigned(p1);
    c[2] = unsigned(p0 >> 32) ^ c[3] ^ k1;
    c[3] = unsigned(p0);
    k0 += 0x9E3779B9u;
    k1 += 0xBB67AE85u;
  }
}

// Uniform in [0, 1): the upper 24 bits over 2²⁴, so that every value is exact.
__device__ static inline float uniform(unsigned word) { return float(int(word >> 8)) * 0x1p-24f; }

// Box and Muller: two words become r·cos a or r·sin a.
__device__ static inline float normal(unsigned first, unsigned second, bool even) {
  const float r = math::sqrt(-2.0f * math::log(float(int((first >> 8) + 1)) * 0x1p-24f));
  const float a = 6.2831855f * uniform(second);
  return r * (even ? math::cos(a) : math::sin(a));
}

extern "C" __global__ void draw(Random a) {
  const Int blocks = (a.n + 3) / 4;  // of a row
  EACH(b, a.rows * blocks) {
    const Int row = b / blocks, first = b % blocks * 4;
    unsigned c[4] = {unsigned(b % blocks), unsigned(a.clock[1]) + unsigned(row), unsigned(a.clock[0]), unsigned(a.stream)};
    philox(a.seed, c);
    for (int k = 0; k < 4 && first + k < a.n; k++) {
      float v = uniform(c[k]);
      if (a.draw == NORMAL) v = normal(c[k & 2], c[(k & 2) + 1], (k & 1) == 0);
      if (a.draw == KEEP) v = v >= a.p ? 1.0f / (1.0f - a.p) : 0.0f;
      a.y[row * a.n + first + k] = v;
    }
  }
}
