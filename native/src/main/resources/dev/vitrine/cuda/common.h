// What all kernels share: a call's arguments as Java writes them, 8 bytes each, and how elements are dealt out to threads.
#pragma once
#define ISA cuda
#include "math.h"

using namespace cuda;

typedef long long Int;

// A float in 8 bytes.
struct Real {
  float value;
  int nothing;
  __device__ operator float() const { return value; }
};

// i = this thread's first element, then each that lies a whole grid further.
#define EACH(i, n) for (Int i = blockIdx.x * Int(blockDim.x) + threadIdx.x; i < (n); i += gridDim.x * Int(blockDim.x))

// Chunks of 512 terms (NUMERICS.md, part 3): total and the chain of the chunk that is being summed.
struct Sum {
  float total = -0.0f;  // −0 + s = s for every s, even for −0
  float chain = 0;

  __device__ void cut() {
    total += chain;
    chain = 0;
  }

  __device__ float result() const { return total + chain; }
};

constexpr int CHUNK = 512;

// The sum of a chunk in which nothing takes part: a NaN that no operation of a GPU results in.
constexpr unsigned NOTHING = 0x7fc0ffeeu;
