// y[o, i] = the largest (smallest) x[o, j, i] and the first j where it is; the first NaN beats all.
#include <cmath>

#include "choose.h"
#include "kernels.h"

namespace ISA {

constexpr int STRIP = 64;  // columns that one unit of work has, as Java counts them

struct Rows {
  const float* x;
  float* y;
  int32_t* index;
  int64_t n, inner, from, to, max;
};

// Neighbouring columns are lanes: V vectors of them, as many as stay busy while one waits for its comparison.
template <bool MAX, int V>
static inline void columns(const float* x, int64_t n, int64_t inner, Mask m, float* y, int32_t* index) {
  Vec best[V];
  Ints where[V];
  for (int v = 0; v < V; v++) {
    best[v] = all(MAX ? -INFINITY : INFINITY);
    where[v] = ints(0);
  }
  for (int64_t j = 0; j < n; j++) {
    const Ints here = ints(int32_t(j));
    for (int v = 0; v < V; v++) {
      const Vec candidate = V == 1 ? load(x + j * inner, m) : load(x + j * inner + v * W);
      const Mask won = better<MAX>(candidate, best[v]);
      best[v] = choose(won, candidate, best[v]);
      where[v] = choose(won, here, where[v]);
    }
  }
  for (int v = 0; v < V; v++) {
    if (V == 1) {
      store(y, best[v], m);
      store(index, where[v], m);
    } else {
      store(y + v * W, best[v]);
      store(index + v * W, where[v]);
    }
  }
}

// Which lanes hold the best of all.
template <bool MAX>
static inline uint32_t winners(Vec v) {
  const uint32_t nans = bits(nan(v));
  return nans ? nans : bits(equal(v, all(extreme<MAX>(v))));
}

// A row that lies in memory as it is: lane l looks at the elements l, l + 4W, …
template <bool MAX>
static inline void row(const float* x, int64_t n, float* y, int32_t* index) {
  constexpr int V = 4;
  const Vec nothing = all(MAX ? -INFINITY : INFINITY);
  if (n <= W) {
    const Vec v = choose(lanes(n), load(x, lanes(n)), nothing);
    *index = n == 0 ? 0 : __builtin_ctz(winners<MAX>(v));  // of equals the padding is last
    *y = n == 0 ? (MAX ? -INFINITY : INFINITY) : x[*index];
    return;
  }
  Vec best[V];
  Ints where[V];
  for (int v = 0; v < V; v++) {
    best[v] = nothing;
    where[v] = ints(0);
  }
  int64_t j = 0;
  for (; j + V * W <= n; j += V * W) {
    for (int v = 0; v < V; v++) {
      const Vec candidate = load(x + j + v * W);
      const Mask won = better<MAX>(candidate, best[v]);
      best[v] = choose(won, candidate, best[v]);
      where[v] = choose(won, add(ints(int32_t(j + v * W)), counting()), where[v]);
    }
  }
  for (int v = 0; v < V && j + v * W < n; v++) {
    const Mask m = lanes(n - j - v * W);
    const Vec candidate = load(x + j + v * W, m);
    const Mask won = both(better<MAX>(candidate, best[v]), m);
    best[v] = choose(won, candidate, best[v]);
    where[v] = choose(won, add(ints(int32_t(j + v * W)), counting()), where[v]);
  }
  for (int v = 1; v < V; v++) {
    const Mask won = better<MAX>(best[v], best[0]);
    const Mask lost = better<MAX>(best[0], best[v]);
    const Ints equal = smaller(where[0], where[v]);
    where[0] = choose(won, where[v], choose(lost, where[0], equal));
    best[0] = choose(won, best[v], best[0]);
  }
  int32_t wheres[W];
  store(wheres, where[0]);
  uint32_t won = winners<MAX>(best[0]);
  *index = wheres[__builtin_ctz(won)];
  while (won &= won - 1) {  // equals: the earliest of them
    const int32_t other = wheres[__builtin_ctz(won)];
    *index = other < *index ? other : *index;
  }
  *y = x[*index];
}

template <bool MAX>
static inline void extrema(const Rows& a) {
  const int64_t strips = (a.inner + STRIP - 1) / STRIP;
  for (int64_t unit = a.from; unit < a.to; unit++) {
    const int64_t o = unit / strips, first = unit % strips * STRIP;
    const int64_t end = a.inner - first < STRIP ? a.inner : first + STRIP;
    const float* x = a.x + o * a.n * a.inner;
    float* y = a.y + o * a.inner;
    int32_t* index = a.index + o * a.inner;
    if (a.inner == 1) {
      row<MAX>(x, a.n, y, index);
      continue;
    }
    int64_t i = first;
    for (; i + 4 * W <= end; i += 4 * W) columns<MAX, 4>(x + i, a.n, a.inner, lanes(W), y + i, index + i);
    for (; i < end; i += W) columns<MAX, 1>(x + i, a.n, a.inner, lanes(end - i), y + i, index + i);
  }
}

void extremum(const Header* call) {
  const Rows& a = arguments<Rows>(call);
  if (a.max) {
    extrema<true>(a);
  } else {
    extrema<false>(a);
  }
}

}  // namespace ISA
