// exp, log, sin and their like: the sequences of operations of Java's kernel.math, which also says where they come from and how good
// they are. Nothing here branches where a loop should become vectors, and nothing here is more than C++ for a GPU allows; compile
// without contraction.
#pragma once

#ifndef __CUDACC__
#define __device__  // CUDA's word for what runs on a GPU
#endif

namespace ISA::math {

// ---- the operations that have no sign of their own

#ifdef __CUDACC__
__device__ static inline float fma(float a, float b, float c) { return __fmaf_rn(a, b, c); }
__device__ static inline double fma(double a, double b, double c) { return __fma_rn(a, b, c); }
__device__ static inline float sqrt(float x) { return __fsqrt_rn(x); }
__device__ static inline unsigned bits(float x) { return __float_as_uint(x); }
__device__ static inline float real(unsigned bits) { return __uint_as_float(bits); }
__device__ static inline unsigned long long bits(double x) { return __double_as_longlong(x); }
__device__ static inline double real(unsigned long long bits) { return __longlong_as_double(bits); }
#else
__device__ static inline float fma(float a, float b, float c) { return __builtin_fmaf(a, b, c); }
__device__ static inline double fma(double a, double b, double c) { return __builtin_fma(a, b, c); }
__device__ static inline float sqrt(float x) { return __builtin_sqrtf(x); }
__device__ static inline unsigned bits(float x) { return __builtin_bit_cast(unsigned, x); }
__device__ static inline float real(unsigned bits) { return __builtin_bit_cast(float, bits); }
__device__ static inline unsigned long long bits(double x) { return __builtin_bit_cast(unsigned long long, x); }
__device__ static inline double real(unsigned long long bits) { return __builtin_bit_cast(double, bits); }
#endif

constexpr unsigned SIGN = 0x80000000u;
constexpr unsigned INFINITE = 0x7f800000u;

__device__ static inline float infinity() { return real(INFINITE); }
__device__ static inline float nan() { return real(0x7fc00000u); }
__device__ static inline float abs(float x) { return real(bits(x) & ~SIGN); }

// y ≥ +0 with the sign of x.
__device__ static inline float with_sign(float x, float y) { return real(bits(y) | (bits(x) & SIGN)); }

// |v| ≤ 2²² ⇒ (v + SHIFTER) − SHIFTER = v rounded to an integer, which also stands in the low bits of the sum. Integers are unsigned
// here, for those may wrap around, as they do for NaN.
constexpr float SHIFTER = 0x1.8p23f;
constexpr unsigned SHIFTER_BITS = 0x4b400000u;

// bits / 2ⁿ, rounded down, bits read as a signed integer.
__device__ static inline unsigned down(unsigned bits, int n) { return unsigned(int(bits) >> n); }

// A small integer as a float.
__device__ static inline float integer(unsigned n) { return real(SHIFTER_BITS + n) - SHIFTER; }

// 2ⁿ for −126 ≤ n ≤ 127.
__device__ static inline float power(unsigned n) { return real((n + 127) << 23); }

// ---- exponentials

constexpr float LOG2_E = 0x1.715476p0f;
constexpr float LN2_HIGH = 0x1.62e430p-1f;
constexpr float LN2_LOW = -0x1.05c610p-29f;

// x − n·ln 2.
__device__ static inline float rest(float x, float n) { return fma(n, -LN2_LOW, fma(n, -LN2_HIGH, x)); }

// (eʳ − 1) / r for |r| ≤ ½ ln 2.
__device__ static inline float slope(float r) {
  float p = fma(0x1.6a4d60p-10f, r, 0x1.12398ep-7f);
  p = fma(p, r, 0x1.5558b0p-5f);
  p = fma(p, r, 0x1.555492p-3f);
  p = fma(p, r, 0x1.fffffcp-2f);
  return fma(p, r, 1.0f);
}

__device__ static inline float exp(float x) {
  const float shifted = fma(x, LOG2_E, SHIFTER);
  const float r = rest(x, shifted - SHIFTER);
  const float p = fma(slope(r), r, 1.0f);
  const unsigned n = bits(shifted) - SHIFTER_BITS;
  const unsigned half = down(n, 1);
  float y = p * power(half) * power(n - half);
  y = x > 89.0f ? infinity() : y;
  return x < -104.0f ? 0.0f : y;
}

// exp for |x| ≤ 87; NaN for NaN.
__device__ static inline float moderate_exp(float x) {
  const float shifted = fma(x, LOG2_E, SHIFTER);
  const float r = rest(x, shifted - SHIFTER);
  return fma(slope(r), r, 1.0f) * power(bits(shifted) - SHIFTER_BITS);
}

__device__ static inline float expm1(float x) {
  const float shifted = fma(x, LOG2_E, SHIFTER);
  const float n = shifted - SHIFTER;
  const float r = rest(x, n);
  float q = fma(0x1.9e7380p-13f, r, 0x1.6d3a4ap-10f);
  q = fma(q, r, 0x1.1112d8p-7f);
  q = fma(q, r, 0x1.5554f8p-5f);
  q = fma(q, r, 0x1.555554p-3f);
  q = fma(q, r, 0.5f);
  const float p = fma(r * r, q, r);
  const float s = power(bits(shifted) - (SHIFTER_BITS + 1));
  float y = 2.0f * fma(s, p, s - 0.5f);
  y = n == 0.0f ? p : y;
  y = x > 89.0f ? infinity() : y;
  y = x < -18.0f ? -1.0f : y;
  return x == 0.0f ? x : y;
}

// ---- logarithms

constexpr unsigned TWO_THIRDS = 0x3f2aaaabu;

// e·ln 2 + log(1 + f).
__device__ static inline float combine(float f, float e) {
  float q = fma(-0x1.07c552p-3f, f, 0x1.1e6d04p-3f);
  q = fma(q, f, -0x1.f33268p-4f);
  q = fma(q, f, 0x1.1ed55cp-3f);
  q = fma(q, f, -0x1.559c68p-3f);
  q = fma(q, f, 0x1.99d050p-3f);
  q = fma(q, f, -0x1.fffefap-3f);
  q = fma(q, f, 0x1.555506p-2f);
  q = fma(q, f, -0.5f);
  return fma(e, LN2_HIGH, fma(f * f, q, f));
}

__device__ static inline float log(float x) {
  const bool denormal = x < 0x1p-126f;
  const unsigned b = bits(denormal ? x * 0x1p23f : x);
  const unsigned e = down(b - TWO_THIRDS, 23);
  const float f = real(b - (e << 23)) - 1.0f;
  float y = combine(f, integer(e) - (denormal ? 23.0f : 0.0f));
  y = x > 0.0f ? y : nan();
  y = x == 0.0f ? -infinity() : y;
  return x == infinity() ? x : y;
}

__device__ static inline float log1p(float x) {
  const unsigned e = down(bits(1.0f + x) - TWO_THIRDS, 23);
  const float scaled = real(bits(x) - (e << 23));
  const float four = real(0x40800000u - (e << 23));
  float y = combine(scaled + fma(0.25f, four, -1.0f), integer(e));
  y = x > -1.0f ? y : nan();
  y = x == -1.0f ? -infinity() : y;
  y = x == infinity() ? x : y;
  return x == 0.0f ? x : y;
}

// ---- sigmoids

__device__ static inline float tanh(float x) {
  const float t = abs(x);
  const float s = t * t;
  float p = fma(-0x1.99565ep-8f, s, 0x1.58ec78p-6f);
  p = fma(p, s, -0x1.b91f20p-5f);
  p = fma(p, s, 0x1.110cf0p-3f);
  p = fma(p, s, -0x1.55554ap-2f);
  const float small = fma(t * s, p, t);
  float large = 1.0f - 2.0f / (moderate_exp(2.0f * t) + 1.0f);
  large = t > 9.1f ? 1.0f : large;
  return with_sign(x, t < 0.55f ? small : large);
}

__device__ static inline float sigmoid(float x) {
  float t = -abs(x);
  t = t < -104.0f ? -104.0f : t;
  const float shifted = fma(t, LOG2_E, SHIFTER);
  const float r = rest(t, shifted - SHIFTER);
  const float p = slope(r);
  const unsigned n = bits(shifted) - SHIFTER_BITS;
  const unsigned half = down(n, 1);
  const float first = power(half);
  const float second = power(n - half);
  const float e = fma(p, r, 1.0f) * first * second;
  const float i = 1.0f / (1.0f + e);
  const float residual = fma(-i, e, 1.0f - i);
  const float u = x >= 0.0f ? 0.0f : p * r;
  const float y = fma(i, fma(u, residual, residual) + u, i);
  return x >= 0.0f ? y : y * first * second;
}

__device__ static inline float erf(float x) {
  const float t = abs(x);
  const float s = t * t;
  float p = fma(0x1.4771fcp-14f, s, -0x1.a3515ep-11f);
  p = fma(p, s, 0x1.53f224p-8f);
  p = fma(p, s, -0x1.b7f71ap-6f);
  p = fma(p, s, 0x1.ce2ce6p-4f);
  p = fma(p, s, -0x1.81273ep-2f);
  p = fma(p, s, 0x1.06eba8p-3f);
  const float small = fma(p, t, t);
  float r = fma(0x1.b9c322p-13f, t, -0x1.a1b92ep-9f);
  r = fma(r, t, 0x1.7587ecp-6f);
  r = fma(r, t, -0x1.ae8e4ep-4f);
  r = fma(r, t, -0x1.458bb4p-1f);
  r = fma(r, t, -0x1.07208ap-3f);
  float large = 1.0f - moderate_exp(fma(r, t, -t));
  large = t > 4.0f ? 1.0f : large;
  return with_sign(x, t < 1.0f ? small : large);
}

__device__ static inline float relu(float x) { return x <= 0.0f ? 0.0f : x; }

__device__ static inline float softplus(float x) { return (x > 0.0f ? x : 0.0f) + log1p(exp(-abs(x))); }

__device__ static inline float silu(float x) {
  const float y = x * sigmoid(x);
  return x == -infinity() ? -0.0f : y;
}

__device__ static inline float gelu(float x) {
  const float y = 0.5f * x * (1.0f + erf(x * 0x1.6a09e6p-1f));
  return x == -infinity() ? -0.0f : y;
}

__device__ static inline float gelu_tanh(float x) {
  const float u = 0x1.988454p-1f * fma(0.044715f * (x * x), x, x);
  const float y = 0.5f * x * (1.0f + tanh(u));
  return x == -infinity() ? -0.0f : y;
}

// ---- sine and cosine

// The largest |x| that the reduction in floats serves.
constexpr float MODERATE = 0x1p13f;

// sin(r + quadrant·π/2), |r| ≤ π/4.
__device__ static inline float reduced(float r, unsigned quadrant) {
  const float s = r * r;
  float p = fma(0x1.7c2d52p-19f, s, -0x1.a05956p-13f);
  p = fma(p, s, 0x1.111174p-7f);
  p = fma(p, s, -0x1.555556p-3f);
  const float sine = fma(r * s, p, r);
  float q = fma(0x1.99e716p-16f, s, -0x1.6c0c26p-10f);
  q = fma(q, s, 0x1.55554ap-5f);
  q = fma(q, s, -0.5f);
  const float cosine = fma(q, s, 1.0f);
  const float y = (quadrant & 1) == 0 ? sine : cosine;
  return real(bits(y) ^ ((quadrant & 2) << 30));
}

// sin(t + turn·π/2) for 0 ≤ t ≤ MODERATE; NaN for NaN.
__device__ static inline float moderate_angle(float t, unsigned turn) {
  const float shifted = fma(t, 0x1.45f306p-1f, SHIFTER);
  const float n = shifted - SHIFTER;
  float r = fma(n, -0x1.921fb6p0f, t);
  r = fma(n, 0x1.777a5cp-25f, r);
  r = fma(n, 0x1.ee59dap-50f, r);
  return reduced(r, bits(shifted) + turn);
}

// sin(t + turn·π/2) for t ≥ 2: t·2/π modulo 4 in 96-bit integers.
__device__ static inline float large_angle(float t, unsigned turn) {
  if (t == infinity()) return nan();
  // 32 zero bits, then 2/π.
  const unsigned two_over_pi[] = {0,           0xa2f9836eu, 0x4e441529u, 0xfc2757d1u,
                                  0xf534ddc0u, 0xdb629599u, 0x3c439041u, 0xfe5163abu};
  const unsigned long long m = (bits(t) & 0x7fffffu) | 0x800000u;
  const int offset = 32 + int(bits(t) >> 23) - 150 - 2;
  unsigned long long product = 0;  // the upper words of m times the 96 bits from offset on, modulo 2⁹⁶
  unsigned long long turns = 0;    // its upper 64 bits: weight 4 above the top one
  for (int part = 2; part >= 0; part--) {
    const int bit = offset + 32 * part;
    const unsigned long long pair = (unsigned long long)(two_over_pi[bit >> 5]) << 32 | two_over_pi[(bit >> 5) + 1];
    product = m * ((pair << (bit & 31)) >> 32) + (product >> 32);
    turns = turns >> 32 | product << 32;
  }
  const unsigned n = unsigned((turns + (1ull << 61)) >> 62);
  const long long rest = (long long)(turns - ((unsigned long long)n << 62));
  return reduced(float(double(rest) * 0x1.921fb54442d18p-62), n + turn);
}

__device__ static inline float moderate_sin(float x) { return real(bits(moderate_angle(abs(x), 0)) ^ (bits(x) & SIGN)); }
__device__ static inline float moderate_cos(float x) { return moderate_angle(abs(x), 1); }

__device__ static inline float sin(float x) {
  return abs(x) > MODERATE ? real(bits(large_angle(abs(x), 0)) ^ (bits(x) & SIGN)) : moderate_sin(x);
}

__device__ static inline float cos(float x) { return abs(x) > MODERATE ? large_angle(abs(x), 1) : moderate_cos(x); }

// ---- powers

// 2^(y·log₂ x) for finite x > 0 and finite y, in doubles.
__device__ static inline float magnitude(float x, float y) {
  constexpr unsigned long long SQRT_HALF = 0x3fe6a09e667f3bcdull;
  const unsigned long long b = bits(double(x));
  // e + 2048 has no sign, and below 2⁵² the bits of an integer are those of itself + 2⁵²: vectors of 64-bit integers can do little.
  const unsigned long long e = (b - SQRT_HALF + (2048ull << 52)) >> 52;
  const double m = real(b - ((e - 2048) << 52));
  const double s = (m - 1.0) / (m + 1.0);
  const double t = s * s;
  double p = fma(0x1.21b119ef694e9p-2, t, 0x1.479552becc37fp-2);
  p = fma(p, t, 0x1.a61a2ee15056bp-2);
  p = fma(p, t, 0x1.2776c29315cf1p-1);
  p = fma(p, t, 0x1.ec709dc53ca34p-1);
  p = fma(p, t, 0x1.71547652b8252p1);
  const double exponent = real(0x4330000000000000ull | e) - (0x1p52 + 2048.0);
  double w = fma(s, p, exponent) * double(y);
  w = w > 160.0 ? 160.0 : w;
  w = w < -160.0 ? -160.0 : w;
  const double shifted = w + 0x1.8p52;
  const double r = w - (shifted - 0x1.8p52);
  double q = fma(0x1.fe174de241acbp-17, r, 0x1.446a43c5a289dp-13);
  q = fma(q, r, 0x1.5d8a7110687b9p-10);
  q = fma(q, r, 0x1.3b29dc1469537p-7);
  q = fma(q, r, 0x1.c6b08aae4f037p-5);
  q = fma(q, r, 0x1.ebfbe0a4f2f13p-3);
  q = fma(q, r, 0x1.62e42ff116c2ep-1);
  q = fma(q, r, 0x1.ffffffffab9b1p-1);
  return float(q * real((bits(shifted) << 52) + 0x3ff0000000000000ull));
}

// v ≥ 0 rounded to an integer.
__device__ static inline float rounded(float v) {
  const float shifted = v + 0x1p23f;
  return v >= 0x1p23f ? v : shifted - 0x1p23f;
}

__device__ static inline float pow(float x, float y) {
  const float ax = abs(x);
  const float ay = abs(y);
  const bool integer = (ay >= 0x1p24f) | (rounded(ay) == ay);
  const bool odd = (ay < 0x1p24f) & (rounded(ay) == ay) & (rounded(0.5f * ay) != 0.5f * ay);
  const float at_zero = y < 0.0f ? infinity() : 0.0f;
  const float at_infinity = y < 0.0f ? 0.0f : infinity();
  const float beyond = ax > 1.0f ? at_infinity : at_zero;  // the limit for |y| = ∞
  float z = magnitude(ax, y);
  z = ax == 0.0f ? at_zero : z;
  z = ax == infinity() ? at_infinity : z;
  z = ay == infinity() ? (ax == 1.0f ? 1.0f : beyond) : z;
  const float signed_z = real(bits(z) ^ (bits(x) & SIGN));
  z = odd ? signed_z : z;
  z = (x < 0.0f) & !integer & (ax != infinity()) ? nan() : z;
  z = (x != x) | (y != y) ? nan() : z;
  return (x == 1.0f) | (y == 0.0f) ? 1.0f : z;
}

}  // namespace ISA::math
