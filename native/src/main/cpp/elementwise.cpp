// y[i] = f(x[i], …): plain loops that the compiler turns into vectors.
#include <cstring>

#include "buffer.h"
#include "elementwise.h"
#include "kernels.h"
#include "math.h"
#include "stretch.h"

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
  if (n > 0) memcpy(y, x, 4 * n);
}

// ---- y = f(x), y = f(a, b); y may be an operand

// Whole vectors, and what is left in one more: no function is ever computed for one element alone.
template <class F>
static inline void each(const float* x, float* y, int64_t n, F f) {
  const int64_t whole = n & -W;
#pragma GCC ivdep
  for (int64_t i = 0; i < whole; i++) y[i] = f(x[i]);
  if (whole < n) {
    alignas(64) float rest[W];
    const Mask left = first(int(n - whole));
    store(rest, load(x + whole, left));
    for (int i = 0; i < W; i++) rest[i] = f(rest[i]);
    store(y + whole, load(rest), left);
  }
}

// sin or cos: the reduction for moderate angles, then again those that were too large for it.
template <class F, class G>
static inline void angles(const float* x, float* y, int64_t n, F moderate, G any) {
  constexpr int64_t SOME = 256;
  for (int64_t i = 0; i < n; i += SOME) {
    const int64_t count = n - i < SOME ? n - i : SOME;
    int large = 0;
    for (int64_t j = i; j < i + count; j++) large |= math::abs(x[j]) > math::MODERATE;
    if (large) {
      for (int64_t j = i; j < i + count; j++) y[j] = any(x[j]);
    } else {
      each(x + i, y + i, count, moderate);
    }
  }
}

// As above for y = f(a, b).
template <class F>
static inline void each(const float* a, const float* b, float* y, int64_t n, F f) {
  const int64_t whole = n & -W;
#pragma GCC ivdep
  for (int64_t i = 0; i < whole; i++) y[i] = f(a[i], b[i]);
  if (whole < n) {
    alignas(64) float rest[W];
    alignas(64) float other[W];
    const Mask left = first(int(n - whole));
    store(rest, load(a + whole, left));
    store(other, load(b + whole, left));
    for (int i = 0; i < W; i++) rest[i] = f(rest[i], other[i]);
    store(y + whole, load(rest), left);
  }
}

// y = aᵇ. One number for a or b is laid out: with a condition that is the same for all elements the loop would not become vectors.
[[gnu::flatten]] static void powers(const float* const (&x)[2], const int (&step)[2], float* y, int64_t n) {
  constexpr int64_t SOME = 256;
  alignas(64) float number[SOME];
  const float one = step[0] ? *x[1] : *x[0];
  for (int64_t i = 0; i < SOME && i < n; i++) number[i] = one;
  for (int64_t i = 0; i < n; i += SOME) {
    const int64_t count = n - i < SOME ? n - i : SOME;
    each(step[0] ? x[0] + i : number, step[1] ? x[1] + i : number, y + i, count, [](float a, float b) { return math::pow(a, b); });
  }
}

// Flatten: a function that is called for each element would not become vectors.
[[gnu::flatten]] void map(Unary unary, const float* x, float* y, int64_t n) {
  const float p = unary.p;
  const float q = unary.q;
  switch (unary.f) {  // in the order of Unary
    case 0: return each(x, y, n, [](float x) { return -x; });
    case 1: return each(x, y, n, [](float x) { return math::abs(x); });
    case 2: return each(x, y, n, [](float x) { return x > 0 ? 1.0f : x < 0 ? -1.0f : x; });
    case 3: return each(x, y, n, [](float x) { return x > 0 ? 1.0f : 0.0f; });
    case 4: return each(x, y, n, [](float x) { return math::relu(x); });
    case 5: return each(x, y, n, [=](float x) { return x > 0 ? x : p * x; });
    case 6: return each(x, y, n, [=](float x) { return x > 0 ? x : p * math::expm1(x); });
    case 7: return each(x, y, n, [=](float x) { return x < p ? p : x > q ? q : x; });
    case 8: return each(x, y, n, [=](float x) { return (x >= p) & (x <= q) ? 1.0f : 0.0f; });
    case 9: return each(x, y, n, [=](float x) { return p * x; });
    case 10: return each(x, y, n, [=](float x) { return x + p; });
    case 11: return each(x, y, n, [=](float x) { return math::fma(p, x, q); });
    case 12: return each(x, y, n, [=](float x) { return x / p; });
    case 13: return each(x, y, n, [](float x) { return x * x; });
    case 14: return each(x, y, n, [](float x) { return math::sqrt(x); });
    case 15: return each(x, y, n, [](float x) { return 1 / math::sqrt(x); });
    case 16: return each(x, y, n, [](float x) { return 1 / x; });
    case 17: return each(x, y, n, [](float x) { return math::exp(x); });
    case 18: return each(x, y, n, [](float x) { return math::expm1(x); });
    case 19: return each(x, y, n, [](float x) { return math::log(x); });
    case 20: return each(x, y, n, [](float x) { return math::log1p(x); });
    case 21: return angles(x, y, n, [](float x) { return math::moderate_sin(x); }, [](float x) { return math::sin(x); });
    case 22: return angles(x, y, n, [](float x) { return math::moderate_cos(x); }, [](float x) { return math::cos(x); });
    case 23: return each(x, y, n, [](float x) { return math::tanh(x); });
    case 24: return each(x, y, n, [](float x) { return math::sigmoid(x); });
    case 25: return each(x, y, n, [](float x) { return math::erf(x); });
    case 26: return each(x, y, n, [](float x) { return math::softplus(x); });
    case 27: return each(x, y, n, [](float x) { return math::silu(x); });
    case 28: return each(x, y, n, [](float x) { return math::gelu(x); });
    case 29: return each(x, y, n, [](float x) { return math::gelu_tanh(x); });
    case 30: return n > 0 ? powers({x, &p}, {1, 0}, y, n) : void();
  }
}

void map(const Header* call) {
  struct Arguments {
    Unary f;
    const float* x;
    float* y;
    int64_t n;
  };
  const auto& [f, x, y, n] = arguments<Arguments>(call);
  map(f, x, y, n);
}

// ---- y = f(a, b), stretched

template <class F>
static inline void pairs(const float* const (&x)[2], const int (&step)[2], float* y, int64_t n, F f) {
  const float a = *x[0];
  const float b = *x[1];
  if (step[0] && step[1]) {
    each(x[0], x[1], y, n, f);
  } else if (step[0]) {
    each(x[0], y, n, [=](float a) { return f(a, b); });
  } else {
    each(x[1], y, n, [=](float b) { return f(a, b); });
  }
}

using Operands = const float* const (&)[2];
using Steps = const int (&)[2];

static void add(Operands x, Steps s, float* y, int64_t n) {
  pairs(x, s, y, n, [](float a, float b) { return a + b; });
}

static void sub(Operands x, Steps s, float* y, int64_t n) {
  pairs(x, s, y, n, [](float a, float b) { return a - b; });
}

static void mul(Operands x, Steps s, float* y, int64_t n) {
  pairs(x, s, y, n, [](float a, float b) { return a * b; });
}

static void div(Operands x, Steps s, float* y, int64_t n) {
  pairs(x, s, y, n, [](float a, float b) { return a / b; });
}

static void max(Operands x, Steps s, float* y, int64_t n) {
  pairs(x, s, y, n, [](float a, float b) { return (b > a) | (b != b) ? b : a; });
}

static void min(Operands x, Steps s, float* y, int64_t n) {
  pairs(x, s, y, n, [](float a, float b) { return (b < a) | (b != b) ? b : a; });
}

static void greater(Operands x, Steps s, float* y, int64_t n) {
  pairs(x, s, y, n, [](float a, float b) { return a > b ? 1.0f : 0.0f; });
}

static void equal(Operands x, Steps s, float* y, int64_t n) {
  pairs(x, s, y, n, [](float a, float b) { return a == b ? 1.0f : 0.0f; });
}

// The axes of K operands, which fill what is left of a call behind its other arguments.
template <int K, class Arguments>
static inline void walk(const Header* call, const float* const (&x)[K], Piece<K> piece) {
  const auto& a = arguments<Arguments>(call);
  const auto* axis = reinterpret_cast<const Axis<K>*>(&a + 1);
  const int64_t axes = (call->bytes - int64_t(sizeof(Header)) - int64_t(sizeof(Arguments))) / int64_t(sizeof(Axis<K>));
  walk(axis, axes, x, a.y, a.from, a.to, piece);
}

static constexpr Piece<2> pieces[] = {add, sub, mul, div, max, min, powers, greater, equal};  // in the order of Binary

void zip(const Header* call) {
  struct Arguments {
    int64_t f;
    const float* a;
    const float* b;
    float* y;
    int64_t from;
    int64_t to;
  };
  const auto& a = arguments<Arguments>(call);
  walk<2, Arguments>(call, {a.a, a.b}, pieces[a.f]);
}

// ---- moves, bit by bit

static void broadcast_piece(const float* const (&x)[1], const int (&step)[1], float* y, int64_t n) {
  if (step[0]) {
    memmove(y, x[0], 4 * n);  // select may write over an operand
  } else {
    const float number = *x[0];
    for (int64_t i = 0; i < n; i++) y[i] = number;
  }
}

static void choose_piece(const float* const (&x)[3], const int (&step)[3], float* y, int64_t n) {
  const float* c = x[0];
  const float* a = x[1];
  const float* b = x[2];
  if (!step[0]) {
    const int chosen = *c != 0 ? 1 : 2;
    broadcast_piece({x[chosen]}, {step[chosen]}, y, n);
  } else if (step[1] && step[2]) {
#pragma GCC ivdep
    for (int64_t i = 0; i < n; i++) y[i] = c[i] != 0 ? a[i] : b[i];
  } else if (step[1]) {
    const float number = *b;
#pragma GCC ivdep
    for (int64_t i = 0; i < n; i++) y[i] = c[i] != 0 ? a[i] : number;
  } else if (step[2]) {
    const float number = *a;
#pragma GCC ivdep
    for (int64_t i = 0; i < n; i++) y[i] = c[i] != 0 ? number : b[i];
  } else {
    const float number = *a;
    const float other = *b;
#pragma GCC ivdep
    for (int64_t i = 0; i < n; i++) y[i] = c[i] != 0 ? number : other;
  }
}

// ---- y = a function in steps, a block of elements at a time: what lies between the steps stays in the first cache

void chain(const Header* call) {
  struct Arguments {
    float* y;
    int64_t from, to, inputs, links, buffers;
  };
  struct Input {
    const float* x;
    int64_t step;  // 0: one number
  };
  struct Link {
    int64_t operands;
    Unary f;
    int64_t a, b, c;  // operands: inputs, then links
    int64_t buffer;  // where it leaves its elements; the last one in y
  };
  const auto& all = arguments<Arguments>(call);
  const auto& [y, from, to, inputs, links, buffers] = all;
  const auto* input = reinterpret_cast<const Input*>(&all + 1);
  const auto* link = reinterpret_cast<const Link*>(input + inputs);
  static thread_local Buffer memory;
  float* buffer = memory.floats(buffers * BLOCK);
  for (int64_t i = from; i < to; i += BLOCK) {
    const int64_t n = to - i < BLOCK ? to - i : BLOCK;
    const auto operand = [&](int64_t k) {
      return k < inputs ? input[k].x + i * input[k].step : buffer + link[k - inputs].buffer * BLOCK;
    };
    const auto step = [&](int64_t k) { return k < inputs ? int(input[k].step) : 1; };
    for (int64_t l = 0; l < links; l++) {
      float* to_y = l + 1 < links ? buffer + link[l].buffer * BLOCK : y + i;
      const auto& [operands, f, a, b, c, _] = link[l];
      if (operands == 1) {
        map(f, operand(a), to_y, n);
      } else if (operands == 2) {
        pieces[f.f]({operand(a), operand(b)}, {step(a), step(b)}, to_y, n);
      } else {
        choose_piece({operand(a), operand(b), operand(c)}, {step(a), step(b), step(c)}, to_y, n);
      }
    }
  }
}

void choose(const Header* call) {
  struct Arguments {
    const float* c;
    const float* a;
    const float* b;
    float* y;
    int64_t from;
    int64_t to;
  };
  const auto& a = arguments<Arguments>(call);
  walk<3, Arguments>(call, {a.c, a.a, a.b}, choose_piece);
}

void broadcast(const Header* call) {
  struct Arguments {
    const float* x;
    float* y;
    int64_t from;
    int64_t to;
  };
  const auto& a = arguments<Arguments>(call);
  walk<1, Arguments>(call, {a.x}, broadcast_piece);
}

}  // namespace ISA
