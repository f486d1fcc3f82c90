// A row's sum and its largest element, by the 32 lanes of a warp, which are threadIdx.x: all of them get the result.
#pragma once
#include "common.h"

constexpr unsigned ALL = 0xffffffffu;

// Σ term(j): 64 strided partials, two a lane, or 16 where there are fewer than 64 terms, then a fixed tree.
template <class Term>
__device__ static inline float row_sum(Int n, Term term) {
  const int lane = threadIdx.x;
  const int partials = n < 64 ? 16 : 64;
  float first = 0, second = 0;
  if (lane < partials) {
    for (Int j = lane; j < n; j += partials) first += term(j);
    for (Int j = lane + 32; j < n && partials == 64; j += partials) second += term(j);
  }
  float sum = partials == 64 ? first + second : first;
  for (int width = partials == 64 ? 16 : 8; width > 0; width /= 2) sum += __shfl_down_sync(ALL, sum, width);
  return __shfl_sync(ALL, sum, 0);
}

__device__ static inline float larger(float a, float b) { return b > a || (b != b && a == a) ? b : a; }

// The largest, or a NaN; −∞ of nothing.
__device__ static inline float row_max(const float* x, Int n) {
  float best = -math::infinity();
  for (Int j = threadIdx.x; j < n; j += 32) best = larger(best, x[j]);
  for (int width = 16; width > 0; width /= 2) best = larger(best, __shfl_xor_sync(ALL, best, width));
  return best;
}
