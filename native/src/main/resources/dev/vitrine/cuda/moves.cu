// Elements in new places, bit by bit; and the scatter, which adds them there.
#include "common.h"

// The first entry that was found to be none of the axis.
struct Wrong {
  int set, entry, value, n;
};

// m entries for all (o, i), or whole rows [rows, m, inner] of which row o mod rows serves row o; of an axis of n elements.
struct Index {
  const int* entries;
  Int rows, m, n;
  Wrong* wrong;

  // −1, and a note of it, where the axis has no such element.
  __device__ Int at(Int o, Int j, Int i, Int inner) const {
    const Int entry = rows == 0 ? j : (o % rows * m + j) * inner + i;
    const int value = entries[entry];
    if (value >= 0 && value < n) return value;
    if (atomicCAS(&wrong->set, 0, 1) == 0) {
      wrong->entry = int(entry);
      wrong->value = value;
      wrong->n = int(n);
    }
    return -1;
  }
};

struct Gather {
  const int* x;
  int* y;
  Index index;
  Int outer, inner;
};

extern "C" __global__ void gather(Gather a) {
  EACH(e, a.outer * a.index.m * a.inner) {
    const Int i = e % a.inner, j = e / a.inner % a.index.m, o = e / a.inner / a.index.m;
    const Int at = a.index.at(o, j, i, a.inner);
    if (at >= 0) a.y[e] = a.x[(o * a.index.n + at) * a.inner + i];
  }
}

struct Scatter {
  const float* dy;
  float* dx;
  Index index;
  Int outer, inner;
};

// A thread for each column, j ascending.
extern "C" __global__ void scatter(Scatter a) {
  EACH(c, a.outer * a.inner) {
    const Int o = c / a.inner, i = c % a.inner;
    float* dx = a.dx + o * a.index.n * a.inner + i;
    for (Int j = 0; j < a.index.n; j++) dx[j * a.inner] = 0;
    for (Int j = 0; j < a.index.m; j++) {
      const Int at = a.index.at(o, j, i, a.inner);
      if (at >= 0) dx[at * a.inner] += a.dy[(o * a.index.m + j) * a.inner + i];
    }
  }
}

// y[o, j, i] = x[o, start + j·step, i]; pasting: the other way round.
struct Cut {
  const int* x;
  int* y;
  Int n, count, inner, start, step, elements;

  __device__ Int whole(Int e) const {
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
  struct {
    Int extent, step;
  } axis[AXES];  // of y, from the last to the first: how far x moves on along it
};

extern "C" __global__ void permute(Permute a) {
  EACH(e, a.elements) {
    Int from = 0, rest = e;
    for (Int k = 0; k < a.axes; k++) {
      from += rest % a.axis[k].extent * a.axis[k].step;
      rest /= a.axis[k].extent;
    }
    a.y[e] = a.x[from];
  }
}
