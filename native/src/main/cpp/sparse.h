// What a max pool sends back is 0 but for one pixel of each window. Gradients of the convolution before it may leave those zeros out.
//
// Such a term would have been fma(0, v, chain). Where v is finite, it changes nothing but −0, which a chain becomes where a negative
// product underflows, to +0. From then on the two chains are equal again as soon as anything is added to them, and if they never are,
// the one that left terms out ends as −0. So v has to be finite, and what ends as −0 is computed with all terms.
#pragma once
#include "gradient.h"

namespace ISA {

static inline int32_t bits_of(float x) {
  int32_t bits;
  memcpy(&bits, &x, 4);
  return bits;
}

// No infinity, no NaN.
static inline bool finite(const float* x, int64_t n) {
  int32_t other = 0;
  for (int64_t i = 0; i < n; i++) other |= (bits_of(x[i]) & 0x7f800000) == 0x7f800000;
  return other == 0;
}

static inline bool negative_zero(const float* x, int64_t n) {
  int32_t some = 0;
  for (int64_t i = 0; i < n; i++) some |= bits_of(x[i]) == INT32_MIN;
  return some != 0;
}

// Chains that fill the registers, beside what is multiplied.
constexpr int MOST_CHAINS = REGISTERS == 32 ? 24 : 12;

// The pixels that windows cover, of all images.
static inline double covered(const Gradient& dy, const Geometry& g) {
  return double(g.n * dy.out_h * dy.out_w) * double(dy.kernel_h * dy.kernel_w);
}

}  // namespace ISA
