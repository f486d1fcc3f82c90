// Images enlarged or shrunk. Where an output lies between two inputs is a fraction of integers, so exact.
#include "windows.h"

enum Mode { NEAREST, BILINEAR, BILINEAR_CORNERS };

// One axis: `in` inputs become `out` outputs.
struct Scale {
  Int mode, in, out;

  __device__ Int nearest(Int i) const { return i * in / out; }
  __device__ Int position(Int i) const { return mode == BILINEAR ? (2 * i + 1) * in - out : i * (in - 1); }
  __device__ Int unit() const { return mode == BILINEAR ? 2 * out : out > 1 ? out - 1 : 1; }

  // The input before (0) or behind (1) output i, clamped at the edges.
  __device__ Int corner(Int i, Int behind) const {
    const Int p = position(i), u = unit();
    const Int low = (p >= 0 ? p / u : -((u - 1 - p) / u)) + behind;
    return low < 0 ? 0 : low > in - 1 ? in - 1 : low;
  }

  // Its weight; beyond the edges the one before has all.
  __device__ float weight(Int i, Int behind) const {
    const Int p = position(i), u = unit();
    const float t = p < 0 || p > u * (in - 1) ? 0.0f : float(p % u) / float(u);
    return behind == 0 ? 1 - t : t;
  }
};

struct Interpolate {
  const float* x;  // or dy
  float* y;        // or dx
  Image in, out;   // x and y, whatever is computed
  Int mode;
};

extern "C" __global__ void interpolate(Interpolate a) {
  const Scale rows = {a.mode, a.in.h, a.out.h}, columns = {a.mode, a.in.w, a.out.w};
  EACH(e, a.out.elements()) {
    const Int c = e % a.out.c, j = e / a.out.c % a.out.w, i = e / a.out.c / a.out.w % a.out.h, n = e / a.out.c / a.out.w / a.out.h;
    if (a.mode == NEAREST) {
      a.y[e] = a.x[a.in.at(n, rows.nearest(i), columns.nearest(j), c)];
      continue;
    }
    float chain = 0;
    for (Int corner = 0; corner < 4; corner++) {
      const float weight = rows.weight(i, corner / 2) * columns.weight(j, corner % 2);
      chain = math::fma(weight, a.x[a.in.at(n, rows.corner(i, corner / 2), columns.corner(j, corner % 2), c)], chain);
    }
    a.y[e] = chain;
  }
}

// A pixel's outputs ascending, the corners of each in row-major order.
extern "C" __global__ void interpolate_data(Interpolate a) {
  const Scale rows = {a.mode, a.in.h, a.out.h}, columns = {a.mode, a.in.w, a.out.w};
  EACH(e, a.in.elements()) {
    const Int c = e % a.in.c, column = e / a.in.c % a.in.w, row = e / a.in.c / a.in.w % a.in.h, n = e / a.in.c / a.in.w / a.in.h;
    float chain = 0;
    for (Int i = 0; i < a.out.h; i++) {
      const bool near = a.mode == NEAREST ? rows.nearest(i) == row : rows.corner(i, 0) == row || rows.corner(i, 1) == row;
      if (!near) continue;
      for (Int j = 0; j < a.out.w; j++) {
        const float share = a.x[a.out.at(n, i, j, c)];
        if (a.mode == NEAREST) {
          if (columns.nearest(j) == column) chain += share;
          continue;
        }
        for (Int corner = 0; corner < 4; corner++) {
          if (rows.corner(i, corner / 2) != row || columns.corner(j, corner % 2) != column) continue;
          chain = math::fma(rows.weight(i, corner / 2) * columns.weight(j, corner % 2), share, chain);
        }
      }
    }
    a.y[e] = chain;
  }
}
