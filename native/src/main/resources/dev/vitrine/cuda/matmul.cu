// y[…, i, j] = Σ_k a[…, i, k]·b[…, k, j] (+ bias[j]); leading axes are stretched.
#include "product.h"

constexpr int AXES = 8;

struct MatMul {
  const float *a, *b, *bias;
  float* y;
  Int matrices, m, n, k;
  Int a_row, a_term, b_term, b_column;  // how far neighbours lie apart
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
  float* y;

  typedef const float* Row;

  Matrices(const MatMul& p, Int matrix) : p(p), a(p.a), b(p.b), y(p.y + matrix * p.m * p.n) {
    for (Int axis = 0; axis < p.axes; axis++) {
      a += matrix % p.axis[axis].extent * p.axis[axis].a_step;
      b += matrix % p.axis[axis].extent * p.axis[axis].b_step;
      matrix /= p.axis[axis].extent;
    }
  }

  int rows() const { return int(p.m); }
  int columns() const { return int(p.n); }
  int terms() const { return int(p.k); }
  int depth() const { return int(p.k); }
  bool skips() const { return false; }
  bool takes_part(Row, int) const { return true; }
  Row row(int i) const { return a + i * p.a_row; }
  float left(Row row, int, int k) const { return row[k * p.a_term]; }
  float right(int, int, int k, int column) const { return b[k * p.b_term + column * p.b_column]; }
  float* at(int i, int column) const { return y + i * p.n + column; }
  float finish(float v, int column) const { return p.bias == nullptr ? v : v + p.bias[column]; }
};

template <class T, bool A, bool B>
static inline void products(const MatMul& p) {
  for (Int matrix = blockIdx.z; matrix < p.matrices; matrix += gridDim.z) {
    product<T>(Matrices<A, B>(p, matrix));
    __syncthreads();  // before the next one's operands take the place of these
  }
}

extern "C" __global__ void __launch_bounds__(256) matmul_nn_large(MatMul p) { products<Large, false, false>(p); }
extern "C" __global__ void __launch_bounds__(256) matmul_nt_large(MatMul p) { products<Large, false, true>(p); }
extern "C" __global__ void __launch_bounds__(256) matmul_tn_large(MatMul p) { products<Large, true, false>(p); }
extern "C" __global__ void __launch_bounds__(256) matmul_tt_large(MatMul p) { products<Large, true, true>(p); }
extern "C" __global__ void __launch_bounds__(256) matmul_nn_medium(MatMul p) { products<Medium, false, false>(p); }
extern "C" __global__ void __launch_bounds__(256) matmul_nt_medium(MatMul p) { products<Medium, false, true>(p); }
extern "C" __global__ void __launch_bounds__(256) matmul_tn_medium(MatMul p) { products<Medium, true, false>(p); }
extern "C" __global__ void __launch_bounds__(256) matmul_tt_medium(MatMul p) { products<Medium, true, true>(p); }
extern "C" __global__ void __launch_bounds__(64) matmul_nn_small(MatMul p) { products<Small, false, false>(p); }
extern "C" __global__ void __launch_bounds__(64) matmul_nt_small(MatMul p) { products<Small, false, true>(p); }
extern "C" __global__ void __launch_bounds__(64) matmul_tn_small(MatMul p) { products<Small, true, false>(p); }
extern "C" __global__ void __launch_bounds__(64) matmul_tt_small(MatMul p) { products<Small, true, true>(p); }
