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

struct Matrices {
  const MatMul& p;
  const float *a, *b;
  float* y;

  Matrices(const MatMul& p, Int matrix) : p(p), a(p.a), b(p.b), y(p.y + matrix * p.m * p.n) {
    for (Int axis = 0; axis < p.axes; axis++) {
      a += matrix % p.axis[axis].extent * p.axis[axis].a_step;
      b += matrix % p.axis[axis].extent * p.axis[axis].b_step;
      matrix /= p.axis[axis].extent;
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

extern "C" __global__ void __launch_bounds__(256) matmul(MatMul p) {
  for (Int matrix = blockIdx.z; matrix < p.matrices; matrix += gridDim.z) product(Matrices(p, matrix));
}
