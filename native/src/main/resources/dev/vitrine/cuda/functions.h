// f(x) and f(a, b) in the order of Java's Unary and Binary.
#pragma once
#include "math.h"

__device__ static inline float unary(int f, float p, float q, float x) {
  switch (f) {
    case 0: return -x;
    case 1: return math::abs(x);
    case 2: return x > 0 ? 1.0f : x < 0 ? -1.0f : x;
    case 3: return x > 0 ? 1.0f : 0.0f;
    case 4: return math::relu(x);
    case 5: return x > 0 ? x : p * x;
    case 6: return x > 0 ? x : p * math::expm1(x);
    case 7: return x < p ? p : x > q ? q : x;
    case 8: return x >= p && x <= q ? 1.0f : 0.0f;
    case 9: return p * x;
    case 10: return x + p;
    case 11: return math::fma(p, x, q);
    case 12: return x / p;
    case 13: return x * x;
    case 14: return math::sqrt(x);
    case 15: return 1 / math::sqrt(x);
    case 16: return 1 / x;
    case 17: return math::exp(x);
    case 18: return math::expm1(x);
    case 19: return math::log(x);
    case 20: return math::log1p(x);
    case 21: return math::sin(x);
    case 22: return math::cos(x);
    case 23: return math::tanh(x);
    case 24: return math::sigmoid(x);
    case 25: return math::erf(x);
    case 26: return math::softplus(x);
    case 27: return math::silu(x);
    case 28: return math::gelu(x);
    case 29: return math::gelu_tanh(x);
    default: return math::pow(x, p);
  }
}

__device__ static inline float binary(int f, float a, float b) {
  switch (f) {
    case 0: return a + b;
    case 1: return a - b;
    case 2: return a * b;
    case 3: return a / b;
    case 4: return b > a || (b != b && a == a) ? b : a;
    case 5: return b < a || (b != b && a == a) ? b : a;
    case 6: return math::pow(a, b);
    case 7: return a > b ? 1.0f : 0.0f;
    default: return a == b ? 1.0f : 0.0f;
  }
}
