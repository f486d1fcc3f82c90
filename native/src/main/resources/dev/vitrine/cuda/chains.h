// A tile's sums as the contract wants them: a chain of fma for each, term by term.
#pragma once
#include "slices.h"

template <class T>
struct Chains {
  static constexpr bool LEAVES_OUT = true;  // terms that take no part
  static constexpr int ROWS = T::ROW_SQUARES * 4, PAD = 4;
  float4 chain[ROWS][T::COLUMN_SQUARES];

  __device__ Chains() {
    for (auto& row : chain) {
      for (auto& square : row) square = make_float4(0, 0, 0, 0);
    }
  }

  __device__ static float operand(float v) { return v; }

  // The i-th of the thread's rows.
  __device__ static int row(int i) { return T::row(i / 4) + i % 4; }

  template <class F>
  __device__ void each(int i, F f) {
    for (int j = 0; j < T::COLUMN_SQUARES; j++) {
      const int column = T::column(j);
      f(column, chain[i][j].x);
      f(column + 1, chain[i][j].y);
      f(column + 2, chain[i][j].z);
      f(column + 3, chain[i][j].w);
    }
  }

  template <class S>
  __device__ void multiply(const S& s, int buffer, int count) {
    if (count == SLICE) {
#pragma unroll
      for (int k = 0; k < SLICE; k++) multiply_term(s, buffer, k);
    } else {
      for (int k = 0; k < count; k++) multiply_term(s, buffer, k);
    }
  }

  template <class S>
  __device__ void multiply_term(const S& s, int buffer, int k) {
    float4 b[T::COLUMN_SQUARES];
    load(s, buffer, k, b);
    for (int i = 0; i < T::ROW_SQUARES; i++) multiply_square(s, buffer, k, i, b);
  }

  template <class S>
  __device__ static void load(const S& s, int buffer, int k, float4 (&b)[T::COLUMN_SQUARES]) {
    for (int j = 0; j < T::COLUMN_SQUARES; j++) b[j] = *reinterpret_cast<const float4*>(&s.right[buffer][k][T::column(j)]);
  }

  template <class S>
  __device__ void multiply_square(const S& s, int buffer, int k, int i, const float4 (&b)[T::COLUMN_SQUARES]) {
    const float4 a = *reinterpret_cast<const float4*>(&s.left[buffer][k][T::row(i)]);
    multiply_row(i * 4, a.x, b);
    multiply_row(i * 4 + 1, a.y, b);
    multiply_row(i * 4 + 2, a.z, b);
    multiply_row(i * 4 + 3, a.w, b);
  }

  __device__ void multiply_row(int i, float a, const float4 (&b)[T::COLUMN_SQUARES]) {
    for (int j = 0; j < T::COLUMN_SQUARES; j++) {
      chain[i][j].x = math::fma(a, b[j].x, chain[i][j].x);
      chain[i][j].y = math::fma(a, b[j].y, chain[i][j].y);
      chain[i][j].z = math::fma(a, b[j].z, chain[i][j].z);
      chain[i][j].w = math::fma(a, b[j].w, chain[i][j].w);
    }
  }
};
