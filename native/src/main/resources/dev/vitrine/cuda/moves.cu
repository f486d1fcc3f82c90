// Elements in new places, bit by bit; and the scatter, which adds them there.
#include "common.h"

// m entries for all (o, i), or whole rows [rows, m, inner] of which row o mod rows serves row o.
struct Index {
  const int* entries;
  Int rows, m;

  Int at(Int o, Int j, Int i, Int inner) const { return entries[rows == 0 ? j : (o % rows * m + j) * inner + i]; }
};

struct Gather {
  const int* x;
  int* y;
  Index index;
  Int outer, n, inner;
};

extern "C" __global__ void gather(Gather a) {
  EACH(e, a.outer * a.index.m * a.inner) {
    const Int i = e % a.inner, j = e / a.inner % a.index.m, o = e / a.inner / a.index.m;
    a.y[e] = a.x[(o * a.n + a.index.at(o, j, i, a.inner)) * a.inner + i];
  }
}

struct Scatter {
  const float* dy;
  float* dx;
  Index index;
  Int outer, n, inner;
};

// A thread for each column, j ascending.
extern "C" __global__ void scatter(Scatter a) {
  EACH(c, a.outer * a.inner) {
    const Int o = c / a.inner, i = c % a.inner;
    float* dx = a.dx + o * a.n * a.inner + i;
    for (Int j = 0; j < a.n; j++) dx[j * a.inner] = 0;
    for (Int j = 0; j < a.index.m; j++) dx[a.index.at(o, j, i, a.inner) * a.inner] += a.dy[(o * a.index.m + j) * a.inner + i];
  }
}

struct Check {
  const int* entries;
  Int size, n;
  int* wrong;  // the first entry that is not in [0, n)
};

extern "C" __global__ void check_index(Check a) {
  EACH(i, a.size) {
    if (unsigned(a.entries[i]) >= unsigned(a.n)) atomicMin(a.wrong, int(i));
  }
}

// y[o, j, i] = x[o, start + j·step, i]; pasting: the other way round.
struct Cut {
  const int* x;
  int* y;
  Int n, count, inner, start, step, elements;

  Int whole(Int e) const {
    const Int i = e % inner, j = e / inner % count, o = e / inner / count;
    return (o * n + start + j * step) * inner + i;
  }
};

extern "C" __global__ void slice(Cut a) {
  EACH(e, a.elements) a.y[e] = a.x[a.whole(e)];
}

extern "C" __global__ void paste(Cut a) {
  EACH(e, a.elements) a.y[a.whole(e)] = a.x[e];
}

constexpr int AXES = 8;

struct Permute {
  const int* x;
  int* y;
  Int elements, axes;
  Int extent[AXES], step[AXES];  // of y, from the last axis to the first; how far x moves on along each
};

extern "C" __global__ void permute(Permute a) {
  EACH(e, a.elements) {
    Int from = 0, rest = e;
    for (Int k = 0; k < a.axes; k++) {
      from += rest % a.extent[k] * a.step[k];
      rest /= a.extent[k];
    }
    a.y[e] = a.x[from];
  }
}
