// y[i] = f(x[i], …), operands stretched to the shape of y.
#include "common.h"
#include "functions.h"

// The axes of y from the last to the first, neighbours that every operand walks through alike taken as one. `step`: how far an operand
// moves on along an axis, 0 where it is stretched.
struct Axis {
  Int extent;
  Int step[3];
};

constexpr int AXES = 8;

struct Stretch {
  Int axes;
  Axis axis[AXES];

  template <int K>
  __device__ void offsets(Int i, Int (&at)[K]) const {
    for (int k = 0; k < K; k++) at[k] = 0;
    for (Int a = 0; a < axes; a++) {
      const Int j = a + 1 < axes ? i % axis[a].extent : i;
      i /= axis[a].extent;
      for (int k = 0; k < K; k++) at[k] += j * axis[a].step[k];
    }
  }
};

struct Fill {
  Real v;
  float* y;
  Int n;
};

extern "C" __global__ void fill(Fill a) {
  EACH(i, a.n) a.y[i] = a.v;
}

struct Map {
  Int f;
  Real p, q;
  const float* x;
  float* y;
  Int n;
};

extern "C" __global__ void map(Map a) {
  EACH(i, a.n) a.y[i] = unary(int(a.f), a.p, a.q, a.x[i]);
}

struct Zip {
  Int f;
  const float* a;
  const float* b;
  float* y;
  Int n;
  Stretch s;
};

extern "C" __global__ void zip(Zip a) {
  EACH(i, a.n) {
    Int at[2];
    a.s.offsets(i, at);
    a.y[i] = binary(int(a.f), a.a[at[0]], a.b[at[1]]);
  }
}

// Bit by bit: integers may be chosen too.
struct Choose {
  const float* c;
  const int* a;
  const int* b;
  int* y;
  Int n;
  Stretch s;
};

extern "C" __global__ void choose(Choose a) {
  EACH(i, a.n) {
    Int at[3];
    a.s.offsets(i, at);
    a.y[i] = a.c[at[0]] != 0 ? a.a[at[1]] : a.b[at[2]];
  }
}

struct Broadcast {
  const int* x;
  int* y;
  Int n;
  Stretch s;
};

extern "C" __global__ void broadcast(Broadcast a) {
  EACH(i, a.n) {
    Int at[1];
    a.s.offsets(i, at);
    a.y[i] = a.x[at[0]];
  }
}
