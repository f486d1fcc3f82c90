// y[…, i, j] = Σ_k a[…, i, k]·b[…, k, j] (+ bias[j]); leading axes are stretched.
#include "product.h"

constexpr int AXES = 6;

struct MatMul {
  const float *a, *b, *bias;
  float* y;
  Int m, n, k;
  Int a_row, a_term, b_term, b_column;  // how far neighbours lie apart
  Int axes;                             // leading ones of y, the last first
  Int extent[AXES], a_step[AXES], b_step[AXES];
};

struct Matrices {
  const MatMul& p;
  const float *a, *b;
  float* y;

  Matrices(const MatMul& p, Int matrix) : p(p), a(p.a), b(p.b), y(p.y + matrix * p.m * p.n) {
    for (Int axis = 0; axis < p.axes; axis++) {
      a += matrix % p.extent[axis] * p.a_step[axis];
      b += matrix % p.extent[axis] * p.b_step[axis];
      matrix /= p.extent[axis];
    }
  }

  Int rows() const { return p.m; }
  Int columns() const { return p.n; }
  Int runs() const { return 1; }
  Int depth() const { return p.k; }
  bool takes_part(Int, Int) const { return true; }
  float left(Int row, Int, Int k) const { return a[row * p.a_row + k * p.a_term]; }
  float right(Int, Int k, Int column) const { return b[k * p.b_term + column * p.b_column]; }
  void store(Int row, Int column, float v) const { y[row * p.n + column] = p.bias == nullptr ? v : v + p.bias[column]; }
};

extern "C" __global__ void __launch_bounds__(256) matmul(MatMul p) { product(Matrices(p, blockIdx.z)); }
