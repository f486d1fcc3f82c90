// Elements in new places, bit by bit, so for floats and ints alike; and the scatter, which adds them there.
#include <cstring>

#include "choose.h"
#include "kernels.h"
#include "transpose.h"

namespace ISA {

// n elements, where a call of memcpy would take longer than the copy.
static inline void move(float* y, const float* x, int64_t n) {
  if (n >= 1024) {
    memcpy(y, x, 4 * n);
    return;
  }
  int64_t i = 0;
  for (; i + W <= n; i += W) store(y + i, load(x + i));
  if (i < n) store(y + i, load(x + i, lanes(n - i)), lanes(n - i));
}

// ---- by index

// Of m entries for all (o, i), or of whole rows [R, m, inner] of which row o mod R serves row o: then R ≥ 1.
struct Index {
  const int32_t* entries;
  int64_t size, rows, m;
};

// The first entry that is not in [0, n), so that nothing is touched outside of x; −1 if there is none.
static inline int64_t outside(const Index& index, int64_t n) {
  const uint32_t limit = uint32_t(n);
  uint32_t wrong = 0;
  for (int64_t i = 0; i < index.size; i++) wrong |= uint32_t(index.entries[i]) >= limit;
  if (!wrong) return -1;
  int64_t at = 0;
  while (uint32_t(index.entries[at]) < limit) at++;
  return at;
}

void gather(const Header* call) {
  struct Arguments {
    const float* x;
    float* y;
    Index index;
    int64_t n, inner, from, to;
  };
  const auto& [x, y, index, n, inner, from, to] = arguments<Arguments>(call);
  call->wrong = from < to ? outside(index, n) : -1;
  if (from >= to || call->wrong >= 0) return;
  for (int64_t unit = from; unit < to;) {
    const int64_t o = unit / index.m, j = unit % index.m;
    const int64_t count = index.m - j < to - unit ? index.m - j : to - unit;
    const float* from_x = x + o * n * inner;
    float* to_y = y + unit * inner;
    const int32_t* at = index.entries + (index.rows ? (o % index.rows * index.m + j) * inner : j);
    if (inner == 1) {
      for (int64_t k = 0; k < count; k++) to_y[k] = from_x[at[k]];
    } else if (index.rows) {
      for (int64_t k = 0; k < count; k++) {
        for (int64_t i = 0; i < inner; i++) to_y[k * inner + i] = from_x[at[k * inner + i] * inner + i];
      }
    } else {
      for (int64_t k = 0; k < count; k++) move(to_y + k * inner, from_x + at[k] * inner, inner);
    }
    unit += count;
  }
}

constexpr int STRIP = 256;  // columns that one unit of a scatter has, as Java counts them

// For each element of dx one chain from +0, j ascending.
void scatter(const Header* call) {
  struct Arguments {
    const float* dy;
    float* dx;
    Index index;
    int64_t n, inner, from, to;
  };
  const auto& [dy, dx, index, n, inner, from, to] = arguments<Arguments>(call);
  call->wrong = from < to ? outside(index, n) : -1;
  if (from >= to || call->wrong >= 0) return;
  const int64_t strips = (inner + STRIP - 1) / STRIP;
  for (int64_t unit = from, next; unit < to; unit = next) {
    const int64_t o = unit / strips, first = unit % strips * STRIP;
    next = (o + 1) * strips < to ? (o + 1) * strips : to;  // strips of the same row are done at once
    const int64_t end = first + (next - unit) * STRIP;
    const int64_t columns = (end < inner ? end : inner) - first;
    float* into = dx + o * n * inner + first;
    if (columns == inner) {
      if (n * inner > 0) memset(into, 0, 4 * n * inner);
    } else {
      for (int64_t k = 0; k < n; k++) memset(into + k * inner, 0, 4 * columns);
    }
    const float* terms = dy + o * index.m * inner + first;
    const int32_t* at = index.entries + (index.rows ? o % index.rows * index.m * inner + first : 0);
    if (inner == 1) {
#pragma GCC unroll 4
      for (int64_t j = 0; j < index.m; j++) into[at[j]] += terms[j];
    } else if (index.rows) {
      for (int64_t j = 0; j < index.m; j++) {
        for (int64_t i = 0; i < columns; i++) into[at[j * inner + i] * inner + i] += terms[j * inner + i];
      }
    } else {
      for (int64_t j = 0; j < index.m; j++) {
        const float* __restrict term = terms + j * inner;
        float* __restrict sum = into + at[j] * inner;
        for (int64_t i = 0; i < columns; i++) sum[i] += term[i];
      }
    }
  }
}

// ---- by axes

// y[o, j, i] = x[o, start + j·step, i]: `count` of x's n along the axis. A unit is a row (o, j).
struct Cut {
  int64_t n, count, inner, start, step, from, to;
};

// One call body(element of the whole, element of the part, rows) for each run of rows with the same o.
template <class Body>
static inline void runs(const Cut& c, Body body) {
  for (int64_t unit = c.from; unit < c.to;) {
    const int64_t o = unit / c.count, j = unit % c.count;
    const int64_t rows = c.count - j < c.to - unit ? c.count - j : c.to - unit;
    body((o * c.n + c.start + j * c.step) * c.inner, unit * c.inner, rows);
    unit += rows;
  }
}

void slice(const Header* call) {
  struct Arguments {
    const float* x;
    float* y;
    Cut cut;
  };
  const Arguments a = arguments<Arguments>(call);
  const int64_t inner = a.cut.inner, stride = a.cut.step * inner;
  runs(a.cut, [=](int64_t whole, int64_t part, int64_t rows) {
    const float* x = a.x + whole;
    float* __restrict y = a.y + part;
    if (a.cut.step == 1) {
      move(y, x, rows * inner);
    } else if (inner == 1) {
      for (int64_t j = 0; j < rows; j++) y[j] = x[j * stride];
    } else {
      for (int64_t j = 0; j < rows; j++) move(y + j * inner, x + j * stride, inner);
    }
  });
}

void paste(const Header* call) {
  struct Arguments {
    const float* x;
    float* y;
    Cut cut;
  };
  const Arguments a = arguments<Arguments>(call);
  const int64_t inner = a.cut.inner, stride = a.cut.step * inner;
  runs(a.cut, [=](int64_t whole, int64_t part, int64_t rows) {
    const float* x = a.x + part;
    float* __restrict y = a.y + whole;
    if (a.cut.step == 1) {
      move(y, x, rows * inner);
    } else if (inner == 1) {
      for (int64_t j = 0; j < rows; j++) y[j * stride] = x[j];
    } else {
      for (int64_t j = 0; j < rows; j++) move(y + j * stride, x + j * inner, inner);
    }
  });
}

// An axis of y: its extent, and how far x and y move on with each step along it.
struct Axis {
  int64_t extent, x, y;
};

// The axes of y, outermost first: first as Java gives them, with an extent and x's step for each.
void permute(const Header* call) {
  struct Given {
    int64_t extent, x;
  };
  struct Arguments {
    const float* x;
    float* y;
    int64_t from, to, rank;  // elements of y that are this member's, and how many axes follow
  };
  const auto& [x, y, from, to, rank] = arguments<Arguments>(call);
  const auto* given = reinterpret_cast<const Given*>(&arguments<Arguments>(call) + 1);
  if (from >= to) return;
  // Axes of one element don't count, and two that are neighbours in x too are one. What is left has extents ≥ 2 with a
  // product below 2⁶³, so there are fewer than 63. The first place is an axis that stands for all of them.
  Axis axes[64];
  int count = 0;
  for (int k = 0; k < rank; k++) {
    const Given g = given[k];
    if (g.extent == 1) continue;
    if (count > 0 && axes[count - 1].x == g.extent * g.x) {
      axes[count - 1] = {axes[count - 1].extent * g.extent, g.x, 0};
    } else {
      axes[count++] = {g.extent, g.x, 0};
    }
  }
  if (count == 0) axes[count++] = {1, 1, 0};
  int64_t size = 1;
  for (int k = count; k-- > 0; size *= axes[k].extent) axes[k].y = size;
  // Of the outermost axis this member has what begins among its elements.
  const int64_t begin = (from + axes[0].y - 1) / axes[0].y, end = (to + axes[0].y - 1) / axes[0].y;
  if (begin >= end) return;
  axes[0].extent = end - begin;
  const float* source = x + begin * axes[0].x;
  float* target = y + begin * axes[0].y;

  const Axis last = axes[--count];
  Axis across = last;  // the axis along which x has neighbours
  for (int k = 0; k < count && last.x != 1; k++) {
    if (axes[k].x != 1) continue;
    across = axes[k];
    for (int l = k + 1; l < count; l++) axes[l - 1] = axes[l];
    count--;
    break;
  }
  int64_t at[64] = {};
  while (true) {
    if (last.x == 1) {
      move(target, source, last.extent);
    } else {
      transpose(source, last.x, last.extent, across.extent, target, across.y);
    }
    int k = count - 1;
    for (; k >= 0; k--) {
      source += axes[k].x;
      target += axes[k].y;
      if (++at[k] < axes[k].extent) break;
      source -= axes[k].extent * axes[k].x;
      target -= axes[k].extent * axes[k].y;
      at[k] = 0;
    }
    if (k < 0) break;
  }
}

}  // namespace ISA
