// y[i] = f(x[i], …): plain loops that the compiler turns into vectors.
#include <cstring>

#include "kernels.h"

namespace ISA {

void fill(const Header* call) {
  struct Arguments {
    Real v;
    float* y;
    int64_t n;
  };
  const auto& [v, y, n] = arguments<Arguments>(call);
  const float value = v;
  for (int64_t i = 0; i < n; i++) y[i] = value;
}

void copy(const Header* call) {
  struct Arguments {
    const float* x;
    float* y;
    int64_t n;
  };
  const auto& [x, y, n] = arguments<Arguments>(call);
  memcpy(y, x, 4 * n);
}

}  // namespace ISA
