// A tile's sums on tensor cores, for -Dvitrine.cuda.fast=tf32: operands are rounded to 10 bits of mantissa, products are added up in fp32, in
// an order that is the hardware's own. Terms that take no part are zeros here.
//
// Fragments as "Matrix Fragments for mma.m16n8k8", .tf32, of the PTX ISA has them: lane l = 4·g + t holds of A [16 × 8] (g, t), (g + 8, t),
// (g, t + 4), (g + 8, t + 4), of B [8 × 8] (t, g), (t + 4, g), of the sums [16 × 8] (g, 2t), (g, 2t + 1), (g + 8, 2t), (g + 8, 2t + 1).
#pragma once
#include "slices.h"

#ifdef __CUDACC__
// v rounded to the nearest of tf32's numbers, ties away from zero.
__device__ static inline float rounded_to_tf32(float v) {
  unsigned bits;
  asm("cvt.rna.tf32.f32 %0, %1;" : "=r"(bits) : "f"(v));
  return math::real(bits);
}

// d += a·b, by all lanes of a warp.
__device__ static inline void mma_16x8x8(float (&d)[4], const unsigned (&a)[4], const unsigned (&b)[2]) {
  asm("mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 {%0, %1, %2, %3}, {%4, %5, %6, %7}, {%8, %9}, {%0, %1, %2, %3};"
      : "+f"(d[0]), "+f"(d[1]), "+f"(d[2]), "+f"(d[3])
      : "r"(a[0]), "r"(a[1]), "r"(a[2]), "r"(a[3]), "r"(b[0]), "r"(b[1]));
}
#endif

template <class T>
struct TensorCores {
  static constexpr bool LEAVES_OUT = false;
  static constexpr int DOWN = 2, ACROSS = T::THREADS / 32 / DOWN;                             // warps
  static constexpr int HIGH = T::ROWS / DOWN, WIDE = T::COLUMNS / ACROSS;                     // what a warp makes
  static constexpr int ROWS = HIGH / 8, PAD = 8;
  float sum[HIGH / 16][WIDE / 8][4] = {};

  __device__ static float operand(float v) { return rounded_to_tf32(v); }

  __device__ static int lane() { return int(threadIdx.x) % 32; }
  __device__ static int first_row() { return int(threadIdx.x) / 32 / ACROSS * HIGH + lane() / 4; }
  __device__ static int first_column() { return int(threadIdx.x) / 32 % ACROSS * WIDE; }

  // The i-th of the thread's rows.
  __device__ static int row(int i) { return first_row() + i * 8; }

  template <class F>
  __device__ void each(int i, F f) {
    for (int j = 0; j < WIDE / 8; j++) {
      const int column = first_column() + j * 8 + lane() % 4 * 2;
      f(column, sum[i / 2][j][i % 2 * 2]);
      f(column + 1, sum[i / 2][j][i % 2 * 2 + 1]);
    }
  }

  // Behind the last term of a slice there are zeros.
  template <class S>
  __device__ void multiply(const S& s, int buffer, int count) {
    const int t = lane() % 4, column = first_column() + lane() / 4;
#pragma unroll
    for (int k = 0; k < SLICE; k += 8) {
      if (k >= count) return;
      const auto& left = s.left[buffer];
      const auto& right = s.right[buffer];
      unsigned b[WIDE / 8][2];
      for (int j = 0; j < WIDE / 8; j++) {
        b[j][0] = math::bits(right[k + t][column + j * 8]);
        b[j][1] = math::bits(right[k + t + 4][column + j * 8]);
      }
      for (int i = 0; i < HIGH / 16; i++) {
        const unsigned a[4] = {math::bits(left[k + t][row(i * 2)]), math::bits(left[k + t][row(i * 2 + 1)]),
                               math::bits(left[k + t + 4][row(i * 2)]), math::bits(left[k + t + 4][row(i * 2 + 1)])};
        for (int j = 0; j < WIDE / 8; j++) mma_16x8x8(sum[i][j], a, b[j]);
      }
    }
  }
};
