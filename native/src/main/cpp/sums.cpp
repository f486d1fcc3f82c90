// y = Σ x or Π x along rows and columns, each in the one order that NUMERICS.md gives it.
#include "choose.h"
#include "kernels.h"
#include "rows.h"

namespace ISA {

constexpr int CHUNK = 512;  // terms of a column sum that are one chain
constexpr int STRIP = 64;   // columns that one unit of work has, as Java counts them

void sum_rows(const Header* call) {
  struct Arguments {
    const float* x;
    float* y;
    int64_t n, rows;
  };
  const auto& [x, y, n, rows] = arguments<Arguments>(call);
  for (int64_t r = 0; r < rows; r++) {
    y[r] = sum(x + r * n, n);
  }
}

// y = the sums of up to V·W columns, C chunks side by side: one chain alone would wait for each of its additions.
template <int V, int C>
static inline void chunks(const float* x, int64_t n, int64_t inner, Mask m, float* y) {
  Vec total[V];
  for (int v = 0; v < V; v++) total[v] = all(-0.0f);  // −0 + s = s for every s, even for −0
  int64_t j = 0;
  for (; n - j >= C * CHUNK; j += C * CHUNK) {
    Vec chain[C][V];
#pragma GCC unroll 4
    for (int c = 0; c < C; c++) {
#pragma GCC unroll 4
      for (int v = 0; v < V; v++) chain[c][v] = zero();
    }
    for (int k = 0; k < CHUNK; k++) {
#pragma GCC unroll 4
      for (int c = 0; c < C; c++) {
        const float* row = x + (j + c * CHUNK + k) * inner;
#pragma GCC unroll 4
        for (int v = 0; v < V; v++) chain[c][v] = chain[c][v] + (V == 1 ? load(row, m) : load(row + v * W));
      }
    }
#pragma GCC unroll 4
    for (int c = 0; c < C; c++) {
#pragma GCC unroll 4
      for (int v = 0; v < V; v++) total[v] = total[v] + chain[c][v];
    }
  }
  while (j < n || j == 0) {  // once even if there is nothing to sum: +0
    Vec chain[V];
#pragma GCC unroll 4
    for (int v = 0; v < V; v++) chain[v] = zero();
    const int64_t end = n - j < CHUNK ? n : j + CHUNK;
    for (int64_t k = j; k < end; k++) {
#pragma GCC unroll 4
      for (int v = 0; v < V; v++) {
        chain[v] = chain[v] + (V == 1 ? load(x + k * inner, m) : load(x + k * inner + v * W));
      }
    }
    for (int v = 0; v < V; v++) total[v] = total[v] + chain[v];
    j += CHUNK;
  }
  for (int v = 0; v < V; v++) {
    if (V == 1) {
      store(y, total[v], m);
    } else {
      store(y + v * W, total[v]);
    }
  }
}

void sum_columns(const Header* call) {
  struct Arguments {
    const float* x;
    float* y;
    int64_t n, inner, from, to;
  };
  const auto& [x, y, n, inner, from, to] = arguments<Arguments>(call);
  const int64_t strips = (inner + STRIP - 1) / STRIP;
  for (int64_t unit = from; unit < to; unit++) {
    const int64_t o = unit / strips, first = unit % strips * STRIP;
    const int64_t end = inner - first < STRIP ? inner : first + STRIP;
    int64_t i = first;
    const auto* column = x + o * n * inner;
    for (; i + 4 * W <= end; i += 4 * W) chunks<4, 2>(column + i, n, inner, lanes(W), y + o * inner + i);
    for (; i + 2 * W <= end; i += 2 * W) chunks<2, 4>(column + i, n, inner, lanes(W), y + o * inner + i);
    for (; i < end; i += W) chunks<1, 4>(column + i, n, inner, lanes(end - i), y + o * inner + i);
  }
}

// y and x of [outer, n, inner], or y of [outer, inner]; the units from..to are this member's.
struct Fold {
  const float* x;
  float* y;
  int64_t n, inner, from, to;
};

// C chains side by side, `apart` from each other, their elements `step` apart: chain = term(chain, element), from `first` on.
template <int C, class Term>
static inline void chains(int64_t n, int64_t at, int64_t apart, int64_t step, float first, float* chain, Term term) {
  float sum[C];
  for (int c = 0; c < C; c++) sum[c] = first;
  for (int64_t j = 0; j < n; j++, at += step) {
#pragma GCC ivdep
    for (int c = 0; c < C; c++) sum[c] = term(sum[c], at + c * apart);
  }
  for (int c = 0; c < C; c++) chain[c] = sum[c];
}

// All columns of these units, ascending or descending; then done(chains, columns, the first one's place in [outer, inner]).
template <class Term, class Done>
static inline void columns(const Fold& f, bool reverse, float first, Term term, Done done) {
  constexpr int SIDE = 8;  // rows in memory as they are: as many as hide how long each step takes
  const int64_t count = (f.inner + STRIP - 1) / STRIP;
  const int64_t step = reverse ? -f.inner : f.inner, start = reverse ? (f.n - 1) * f.inner : 0;
  float chain[STRIP];
  for (int64_t unit = f.from; unit < f.to;) {
    if (f.inner == 1) {
      const int rows = f.to - unit < SIDE ? 1 : SIDE;
      if (rows == SIDE) {
        chains<SIDE>(f.n, unit * f.n + start, f.n, step, first, chain, term);
      } else {
        chains<1>(f.n, unit * f.n + start, f.n, step, first, chain, term);
      }
      done(chain, rows, unit);
      unit += rows;
      continue;
    }
    const int64_t o = unit / count, i = unit % count * STRIP;
    const int64_t at = o * f.n * f.inner + i + start;
    const int width = int(f.inner - i < STRIP ? f.inner - i : STRIP);
    if (width == STRIP) {
      chains<STRIP>(f.n, at, 1, step, first, chain, term);
    } else {
      int c = 0;
      for (; c + 8 <= width; c += 8) chains<8>(f.n, at + c, 1, step, first, chain + c, term);
      for (; c < width; c++) chains<1>(f.n, at + c, 1, step, first, chain + c, term);
    }
    done(chain, width, o * f.inner + i);
    unit++;
  }
}

static inline void nothing(const float*, int, int64_t) {}

void product(const Header* call) {
  const Fold& f = arguments<Fold>(call);
  const float* x = f.x;
  float* y = f.y;
  columns(
      f, false, 1, [=](float chain, int64_t at) { return chain * x[at]; },
      [=](const float* chain, int columns, int64_t at) {
        for (int c = 0; c < columns; c++) y[at + c] = chain[c];
      });
}

// Those before are multiplied ascending, those behind descending: two passes instead of n.
void product_of_others(const Header* call) {
  const Fold& f = arguments<Fold>(call);
  const float* x = f.x;
  float* y = f.y;
  const auto before = [=](float chain, int64_t at) {
    y[at] = chain;
    return chain * x[at];
  };
  const auto behind = [=](float chain, int64_t at) {
    y[at] *= chain;
    return chain * x[at];
  };
  columns(f, false, 1, before, nothing);
  columns(f, true, 1, behind, nothing);
}

// The chain starts at +0 at either end.
void cumulative_sum(const Header* call) {
  struct Arguments {
    Fold f;
    int64_t reverse;
  };
  const auto& [f, reverse] = arguments<Arguments>(call);
  const float* x = f.x;
  float* y = f.y;
  columns(f, reverse, 0, [=](float chain, int64_t at) { return y[at] = chain + x[at]; }, nothing);
}

}  // namespace ISA
