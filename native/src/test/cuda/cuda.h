// What CUDA C++ has and C++ hasn't, for kernels that run on the processor: keywords, types, built-in variables and functions. Rules for
// kernels: no includes, no dynamic shared memory, no assembly but what is acted here.
#pragma once
#include <algorithm>
#include <atomic>
#include <bit>
#include <cmath>

#include "fibers.h"

#define __global__
#define __device__
#define __forceinline__ inline __attribute__((always_inline))
#define __noinline__ __attribute__((noinline))
#define __launch_bounds__(...)
#define __shared__ static thread_local
#define __constant__ static
#define __align__(n) __attribute__((aligned(n)))

struct __align__(8) float2 {
  float x, y;
};
struct __align__(16) float4 {
  float x, y, z, w;
};
struct __align__(8) int2 {
  int x, y;
};
struct __align__(16) int4 {
  int x, y, z, w;
};
struct __align__(16) uint4 {
  unsigned x, y, z, w;
};

static inline float2 make_float2(float x, float y) { return {x, y}; }
static inline float4 make_float4(float x, float y, float z, float w) { return {x, y, z, w}; }
static inline int4 make_int4(int x, int y, int z, int w) { return {x, y, z, w}; }
static inline uint4 make_uint4(unsigned x, unsigned y, unsigned z, unsigned w) { return {x, y, z, w}; }

#define threadIdx (emulator::block->now->index)
#define blockIdx (emulator::block->index)
#define blockDim (emulator::block->size)
#define gridDim (emulator::block->grid)
#define warpSize 32

// ---- waiting; two barriers are two places in the source

#define __syncthreads() emulator::block->wait_for_block(__COUNTER__)
static inline void __syncwarp(unsigned mask = ~0u) { emulator::block->wait_for_warp(mask); }
static inline void __threadfence() {}

template <class T>
T __shfl_sync(unsigned mask, T v, int from, int width = 32) {
  const int lane = emulator::block->now->lane;
  return emulator::block->exchanged(mask, v, (lane & ~(width - 1)) | (from & (width - 1)));
}

template <class T>
T __shfl_xor_sync(unsigned mask, T v, int bits, int width = 32) {
  const int lane = emulator::block->now->lane, from = lane ^ bits;
  return emulator::block->exchanged(mask, v, from > (lane | (width - 1)) ? lane : from);
}

template <class T>
T __shfl_down_sync(unsigned mask, T v, unsigned distance, int width = 32) {
  const int lane = emulator::block->now->lane;
  return emulator::block->exchanged(mask, v, (lane & (width - 1)) + int(distance) < width ? lane + distance : lane);
}

template <class T>
T __shfl_up_sync(unsigned mask, T v, unsigned distance, int width = 32) {
  const int lane = emulator::block->now->lane;
  return emulator::block->exchanged(mask, v, (lane & (width - 1)) >= int(distance) ? lane - distance : lane);
}

static inline int atomicCAS(int* at, int expected, int v) {
  std::atomic_ref(*at).compare_exchange_strong(expected, v);
  return expected;
}

// ---- one operation each, rounded to nearest

static inline float __fmaf_rn(float a, float b, float c) { return std::fmaf(a, b, c); }
static inline double __fma_rn(double a, double b, double c) { return std::fma(a, b, c); }
static inline float __fsqrt_rn(float a) { return std::sqrt(a); }
static inline int __float_as_int(float f) { return std::bit_cast<int>(f); }
static inline unsigned __float_as_uint(float f) { return std::bit_cast<unsigned>(f); }
static inline float __int_as_float(int i) { return std::bit_cast<float>(i); }
static inline float __uint_as_float(unsigned i) { return std::bit_cast<float>(i); }
static inline unsigned __umulhi(unsigned a, unsigned b) { return uint64_t(a) * b >> 32; }

// ---- tensor cores, in place of tensor_cores.h's assembly

// cvt.rna.tf32.f32: to 10 bits of mantissa, ties away from zero.
static inline float rounded_to_tf32(float v) {
  const unsigned bits = std::bit_cast<unsigned>(v);
  return std::isfinite(v) ? std::bit_cast<float>((bits + 0x1000u) & ~0x1fffu) : v;
}

// mma.sync.m16n8k8 of tf32. Element (i, k) of A is lane 4·(i mod 8) + k mod 4's, (k, j) of B lane 4·j + k mod 4's. Whatever an operand has
// below tf32's mantissa isn't seen; sums are rounded once, which a GPU may do in its own way.
static inline void mma_16x8x8(float (&d)[4], const unsigned (&a)[4], const unsigned (&b)[2]) {
  struct Operands {
    unsigned a[4], b[2];
  } all[32];
  emulator::block->gathered(Operands{{a[0], a[1], a[2], a[3]}, {b[0], b[1]}}, all);
  const auto real = [](unsigned bits) { return double(std::bit_cast<float>(bits & ~0x1fffu)); };
  const int lane = emulator::block->now->lane;
  for (int e = 0; e < 4; e++) {
    const int i = lane / 4 + e / 2 * 8, j = lane % 4 * 2 + e % 2;
    double sum = d[e];
    for (int k = 0; k < 8; k++) sum += real(all[i % 8 * 4 + k % 4].a[i / 8 + k / 4 * 2]) * real(all[j * 4 + k % 4].b[k / 4]);
    d[e] = float(sum);
  }
}

template <class T>
T __ldg(const T* at) {
  return *at;
}
