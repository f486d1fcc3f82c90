// Operands read as if they had the shape of y: pieces of y, for which each operand lies element after element or is one number.
#pragma once
#include <cstdint>

#include "simd.h"

namespace ISA {

// An axis of y, or neighbouring ones that all operands see alike; innermost first.
template <int K>
struct Axis {
  int64_t extent;
  int64_t step[K];  // how far each operand moves on with this axis: 0 where it is stretched
};

constexpr int64_t BLOCK = 1024;  // floats that stay in the first cache beside others
constexpr int64_t SHORT = 128;   // rows below this are laid out, some at a time

// What a piece does to n elements of y; step[k] is 1, or 0 where x[k] points to one number for all of them.
template <int K>
using Piece = void (*)(const float* const (&x)[K], const int (&step)[K], float* y, int64_t n);

// Where in operand k a row of y begins.
template <int K>
static inline int64_t offset(const Axis<K>* axis, int64_t axes, int k, int64_t row) {
  int64_t offset = 0;
  for (int64_t i = 1; i < axes; i++) {
    offset += row % axis[i].extent * axis[i].step[k];
    row /= axis[i].extent;
  }
  return offset;
}

// Lays out rows of n floats, one after the other, and up to W − 1 floats more: x itself (step 1) or the number that it points to (0);
// the next row begins `stride` behind x.
static inline void lay(const float* x, int64_t stride, int64_t step, int64_t rows, int64_t n, float* to) {
  if (n <= W) {
    const Mask left = first(int(n));
    if (step) {
      for (int64_t r = 0; r < rows; r++) store(to + r * n, load(x + r * stride, left));
    } else {
      for (int64_t r = 0; r < rows; r++) store(to + r * n, all(x[r * stride]));
    }
    return;
  }
  for (int64_t r = 0; r < rows; r++, x += stride, to += n) {
    const Vec number = all(*x);
    for (int64_t i = 0; i < n; i += W) store(to + i, step ? load(x + i, first(n - i < W ? int(n - i) : W)) : number);
  }
}

// Operand k for some whole rows of y, one after the other.
template <int K>
static inline void lay(const Axis<K>* axis, int64_t axes, const float* x, int k, int64_t row, int64_t rows, float* to) {
  const int64_t n = axis[0].extent;
  while (rows > 0) {
    const float* from = x + offset(axis, axes, k, row);
    const int64_t left = axis[1].extent - row % axis[1].extent;
    const int64_t some = rows < left ? rows : left;
    lay(from, axis[1].step[k], axis[0].step[k], some, n, to);
    to += some * n;
    row += some;
    rows -= some;
  }
}

// True if operand k has the shape of y.
template <int K>
static inline bool whole(const Axis<K>* axis, int64_t axes, int k) {
  for (int64_t i = 0; i < axes; i++)
    if (axis[i].step[k] == 0) return false;
  return true;
}

// True if operand k is the same for all rows of y.
template <int K>
static inline bool repeated(const Axis<K>* axis, int64_t axes, int k) {
  for (int64_t i = 1; i < axes; i++)
    if (axis[i].step[k] != 0) return false;
  return true;
}

// Elements from … to of y, piece by piece.
template <int K>
static inline void walk(const Axis<K>* axis, int64_t axes, const float* const (&x)[K], float* y, int64_t from, int64_t to,
                        Piece<K> piece) {
  alignas(64) float laid[K][BLOCK + W];
  int64_t rows_laid[K] = {};  // of an operand that is the same for all rows
  const float* at[K];
  int step[K];
  const int64_t n = axis[0].extent;
  while (from < to) {
    const int64_t row = from / n;
    const int64_t column = from % n;
    int64_t count = n - column < to - from ? n - column : to - from;
    const bool block = axes > 1 && n < SHORT && count == n;
    if (block) {
      const int64_t fit = BLOCK / n;
      const int64_t there = (to - from) / n;
      count = n * (fit < there ? fit : there);
    }
    for (int k = 0; k < K; k++) {
      step[k] = block || axis[0].step[k] != 0;
      if (whole(axis, axes, k)) {
        at[k] = x[k] + from;
      } else if (!block) {
        at[k] = x[k] + offset(axis, axes, k, row) + column * axis[0].step[k];
      } else {
        at[k] = laid[k];
        if (rows_laid[k] * n >= count) continue;
        lay(axis, axes, x[k], k, row, count / n, laid[k]);
        if (repeated(axis, axes, k)) rows_laid[k] = count / n;
      }
    }
    piece(at, step, y + from, count);
    from += count;
  }
}

}  // namespace ISA
