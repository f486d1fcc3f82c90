// exp(x − m) / Σ exp(x − m) over the last axis, m = max x, and its logarithms. A warp for each row.
#include "common.h"
#include "rows.h"

enum Kind { SOFTMAX, LOG_SOFTMAX, LOG_SUM_EXP };

struct Softmax {
  const float* x;
  float* y;
  Int n, rows, kind;
};

extern "C" __global__ void softmax(Softmax a) {
  for (Int r = blockIdx.x * Int(blockDim.y) + threadIdx.y; r < a.rows; r += gridDim.x * Int(blockDim.y)) {
    const float* x = a.x + r * a.n;
    float m = row_max(x, a.n);
    if (a.kind == LOG_SUM_EXP && math::abs(m) == math::infinity()) m = 0;
    const float sum = row_sum(a.n, [=](Int j) { return math::exp(x[j] - m); });
    if (a.kind == LOG_SUM_EXP) {
      if (threadIdx.x == 0) a.y[r] = m + math::log(sum);
      continue;
    }
    float* y = a.y + r * a.n;
    const float log = math::log(sum);
    for (Int j = threadIdx.x; j < a.n; j += 32) y[j] = a.kind == SOFTMAX ? math::exp(x[j] - m) / sum : (x[j] - m) - log;
  }
}
