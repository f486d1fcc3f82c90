// y[…, i, j] = Σ_k a[…, i, k]·b[…, k, j] (+ bias[j]); leading axes are stretched.
#include "product.h"

constexpr int AXES = 8;

struct MatMul {
  const float *a, *b, *bias;
  float* y;
  Int matrices, m, n, k;
  Int a_row, a_term, b_term, b_column;  // how far neighbours lie apart
  Chunks chunks;
  Int axes;
  struct {
    Int extent, a_step, b_step;
  } axis[AXES];  // the leading ones of y, the last first
};

template <bool TRANSPOSED_A, bool TRANSPOSED_B>
struct Matrices {
  static constexpr bool LEFT_BY_ROWS = TRANSPOSED_A, RIGHT_BY_TERMS = TRANSPOSED_B;
  const MatMul& p;
  const float *a, *b;
  float* const y;
  const Int start;  // in y

  typedef const float* Row;

  __device__ Matrices(const MatMul& p, int matrix) : p(p), a(p.a), b(p.b), y(p.y), start(matrix * p.m * p.n) {
    for (Int axis = 0; axis < p.axes; axis++) {
      a += matrix % p.axis[axis].extent * p.axis[axis].a_step;
      b += matrix % p.axis[axis].extent * p.axis[axis].b_step;
      matrix /= p.axis[axis].extent;
    }
  }

  __device__ int rows() const { return int(p.m); }
  __device__ int columns() const { return int(p.n); }
  __device__ int terms() const { return int(p.k); }
  __device__ int depth() const { return int(p.k); }
  __device__ bool skips() const { return false; }
  __device__ bool takes_part(Row, int) const { return true; }
  __device__ Row row(int i) const { return a + i * p.a_row; }
  __device__ float left(Row row, int, int k) const { return row[k * p.a_term]; }
  __device__ float right(int, int, int k, int column) const { return b[k * p.b_term + column * p.b_column]; }
  __device__ Int at(int i, int column) const { return start + i * p.n + column; }
  __device__ float finish(float v, int column) const { return p.bias == nullptr ? v : v + p.bias[column]; }
};

extern "C" __global__ void __launch_bounds__(256) matmul_nn_large(MatMul p) { products<Large, Matrices<false, false>>(p, p.chunks, p.matrices); }
extern "C" __global__ void __launch_bounds__(256) matmul_nt_large(MatMul p) { products<Large, Matrices<false, true>>(p, p.chunks, p.matrices); }
extern "C" __global__ void __launch_bounds__(256) matmul_tn_large(MatMul p) { products<Large, Matrices<true, false>>(p, p.chunks, p.matrices); }
extern "C" __global__ void __launch_bounds__(256) matmul_tt_large(MatMul p) { products<Large, Matrices<true, true>>(p, p.chunks, p.matrices); }
extern "C" __global__ void __launch_bounds__(256) matmul_nn_medium(MatMul p) { products<Medium, Matrices<false, false>>(p, p.chunks, p.matrices); }
extern "C" __global__ void __launch_bounds__(256) matmul_nt_medium(MatMul p) { products<Medium, Matrices<false, true>>(p, p.chunks, p.matrices); }
extern "C" __global__ void __launch_bounds__(256) matmul_tn_medium(MatMul p) { products<Medium, Matrices<true, false>>(p, p.chunks, p.matrices); }
extern "C" __global__ void __launch_bounds__(256) matmul_tt_medium(MatMul p) { products<Medium, Matrices<true, true>>(p, p.chunks, p.matrices); }
extern "C" __global__ void __launch_bounds__(64) matmul_nn_small(MatMul p) { products<Small, Matrices<false, false>>(p, p.chunks, p.matrices); }
extern "C" __global__ void __launch_bounds__(64) matmul_nt_small(MatMul p) { products<Small, Matrices<false, true>>(p, p.chunks, p.matrices); }
extern "C" __global__ void __launch_bounds__(64) matmul_tn_small(MatMul p) { products<Small, Matrices<true, false>>(p, p.chunks, p.matrices); }
extern "C" __global__ void __launch_bounds__(64) matmul_tt_small(MatMul p) { products<Small, Matrices<true, true>>(p, p.chunks, p.matrices); }
