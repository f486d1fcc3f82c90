// A window that slides over an image [n, h, w, c].
#pragma once
#include "common.h"

struct Window {
  Int stride_h, stride_w, pad_h, pad_w, dilation_h, dilation_w, groups;
};

struct Image {
  Int n, h, w, c;

  __device__ Int elements() const { return n * h * w * c; }
  __device__ Int at(Int image, Int row, Int column, Int channel) const { return ((image * h + row) * w + column) * c + channel; }
};

__device__ static inline bool inside(Int i, Int extent) { return i >= 0 && i < extent; }
