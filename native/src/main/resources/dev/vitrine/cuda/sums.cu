// Sums and products along an axis, each in the one order that NUMERICS.md gives it.
#include "common.h"
#include "rows.h"

struct Rows {
  const float* x;
  float* y;
  Int n, rows;
};

// A warp for each row.
extern "C" __global__ void sum_rows(Rows a) {
  for (Int r = blockIdx.x * Int(blockDim.y) + threadIdx.y; r < a.rows; r += gridDim.x * Int(blockDim.y)) {
    const float* x = a.x + r * a.n;
    const float sum = row_sum(a.n, [=](Int j) { return x[j]; });
    if (threadIdx.x == 0) a.y[r] = sum;
  }
}

// x of [outer, n, inner]; y of the same shape, or without n. A thread for each column.
struct Fold {
  const float* x;
  float* y;
  Int outer, n, inner;

  // Where column c of outer·inner begins.
  __device__ Int start(Int c) const { return c / inner * n * inner + c % inner; }
};

extern "C" __global__ void sum_columns(Fold a) {
  EACH(c, a.outer * a.inner) {
    const float* x = a.x + a.start(c);
    Sum sum;
    for (Int j = 0; j < a.n; j++) {
      if (j % CHUNK == 0 && j > 0) sum.cut();
      sum.chain += x[j * a.inner];
    }
    a.y[c] = sum.result();
  }
}

// The sums of a product's chunks, joined as NUMERICS.md, part 3, has it, and the bias of y's last axis.
struct ChunkSums {
  const float *sums, *bias;
  float* y;
  Int chunks, n, columns;  // sums of [chunks, n]
};

extern "C" __global__ void sum_chunks(ChunkSums a) {
  EACH(i, a.n) {
    bool nothing = true;
    float total = -0.0f;  // as in Sum
    for (Int chunk = 0; chunk < a.chunks; chunk++) {
      const float v = a.sums[chunk * a.n + i];
      if (math::bits(v) == NOTHING) continue;
      nothing = false;
      total += v;
    }
    const float y = nothing ? 0.0f : total;
    a.y[i] = a.bias == nullptr ? y : y + a.bias[i % a.columns];
  }
}

extern "C" __global__ void product(Fold a) {
  EACH(c, a.outer * a.inner) {
    const float* x = a.x + a.start(c);
    float product = 1;
    for (Int j = 0; j < a.n; j++) product *= x[j * a.inner];
    a.y[c] = product;
  }
}

// Those before are multiplied ascending, those behind descending.
extern "C" __global__ void product_of_others(Fold a) {
  EACH(c, a.outer * a.inner) {
    const float* x = a.x + a.start(c);
    float* y = a.y + a.start(c);
    float before = 1, behind = 1;
    for (Int j = 0; j < a.n; j++) {
      y[j * a.inner] = before;
      before *= x[j * a.inner];
    }
    for (Int j = a.n - 1; j >= 0; j--) {
      y[j * a.inner] *= behind;
      behind *= x[j * a.inner];
    }
  }
}

struct Cumulate {
  Fold f;
  Int reverse;
};

// The chain starts at +0 at either end.
extern "C" __global__ void cumulative_sum(Cumulate a) {
  EACH(c, a.f.outer * a.f.inner) {
    const Int start = a.f.start(c);
    float chain = 0;
    for (Int l = 0; l < a.f.n; l++) {
      const Int at = start + (a.reverse ? a.f.n - 1 - l : l) * a.f.inner;
      chain += a.f.x[at];
      a.f.y[at] = chain;
    }
  }
}

struct Extremum {
  Fold f;
  int* index;
  Int largest;  // 0: the smallest
};

// Equals don't replace what was found, and nothing replaces a NaN.
extern "C" __global__ void extremum(Extremum a) {
  EACH(c, a.f.outer * a.f.inner) {
    const float* x = a.f.x + a.f.start(c);
    float best = a.largest ? -math::infinity() : math::infinity();
    int first = 0;
    for (Int j = 0; j < a.f.n; j++) {
      const float v = x[j * a.f.inner];
      if ((a.largest ? v > best : v < best) || (v != v && best == best)) {
        best = v;
        first = int(j);
      }
    }
    a.f.y[c] = best;
    a.index[c] = first;
  }
}
