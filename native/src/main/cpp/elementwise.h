// A function of one element, for those who have elements at hand.
#pragma once
#include "call.h"

namespace ISA {

// f is its place in the Java enum Unary, p and q are its constants.
struct Unary {
  int64_t f;
  Real p, q;
};

// y = f(x); y may be x.
void map(Unary f, const float* x, float* y, int64_t n);

// What follows a product: f of each element, or nothing.
struct Activation {
  static constexpr int64_t NONE = -1;
  static constexpr int64_t RELU = 4;

  Unary unary;

  // Tiles do this one themselves.
  bool is_relu() const { return unary.f == RELU; }

  // Of elements that were just written.
  void over(float* y, int64_t n) const {
    if (unary.f != NONE) map(unary, y, y, n);
  }
};

}  // namespace ISA
