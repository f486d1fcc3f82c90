// exp(x − m) / Σ exp(x − m) over rows, m = max x, and its logarithms.
//
// NaN needs no care: m is the largest of the other numbers, and a NaN term makes the sum NaN all the same. Short rows are taken by the
// block, so that exp and log have whole vectors before them.
#include <cstring>

#include "kernels.h"
#include "math.h"
#include "rows.h"

namespace ISA {

struct Rows {
  const float* x;
  float* y;
  int64_t rows;
  int64_t n;
};

constexpr int64_t BLOCK = 1024;

static inline int64_t rows_of_block(int64_t n) { return n == 0 ? BLOCK : n < BLOCK ? BLOCK / n : 1; }

// e = x − m; writes up to W − 1 floats more.
static inline void subtract(const float* x, int64_t n, float m, float* e) {
  const Vec by = all(m);
  int64_t j = 0;
  for (; j + W <= n; j += W) store(e + j, load(x + j) - by);
  if (j < n) store(e + j, load(x + j, first(int(n - j))) - by);
}

// e = exp(e), up to the end of a vector.
static inline void exponentials(float* e, int64_t n) {
  const int64_t end = (n + W - 1) & -W;
  for (int64_t j = 0; j < end; j++) e[j] = math::exp(e[j]);
}

static inline void logarithms(float* v, int64_t n) {
  const int64_t end = (n + W - 1) & -W;
  for (int64_t j = 0; j < end; j++) v[j] = math::log(v[j]);
}

// y = e / sum.
static inline void divide(const float* e, int64_t n, float sum, float* y) {
  const Vec by = all(sum);
  int64_t j = 0;
  for (; j + W <= n; j += W) store(y + j, load(e + j) / by);
  if (j < n) {
    const Mask left = first(int(n - j));
    store(y + j, load(e + j, left) / by, left);
  }
}

// Σ exp(x − m) over a row longer than a block; the terms themselves go to y, unless that is null.
static inline float long_sum(const float* x, int64_t n, float m, float* y) {
  alignas(64) float e[BLOCK + W];
  Partials<MANY> partials;
  for (int64_t j = 0; j < n; j += BLOCK) {
    const int64_t count = n - j < BLOCK ? n - j : BLOCK;
    subtract(x + j, count, m, e);
    exponentials(e, count);
    partials.take(e, count);
    if (y) memcpy(y + j, e, 4 * count);
  }
  return partials.sum();
}

void softmax(const Header* call) {
  const auto& [x, y, rows, n] = arguments<Rows>(call);
  alignas(64) float e[BLOCK + W];
  if (n > BLOCK) {
    for (int64_t r = 0; r < rows; r++) {
      const float sum = long_sum(x + r * n, n, largest(x + r * n, n), y + r * n);
      divide(y + r * n, n, sum, y + r * n);
    }
    return;
  }
  for (int64_t r0 = 0; r0 < rows; r0 += rows_of_block(n)) {
    const int64_t some = rows - r0 < rows_of_block(n) ? rows - r0 : rows_of_block(n);
    for (int64_t r = 0; r < some; r++) {
      const float* row = x + (r0 + r) * n;
      subtract(row, n, largest(row, n), e + r * n);
    }
    exponentials(e, some * n);
    for (int64_t r = 0; r < some; r++) divide(e + r * n, n, sum(e + r * n, n), y + (r0 + r) * n);
  }
}

// m and log Σ exp(x − m) for the rows of a block; with FINITE, m is 0 where it would be infinite.
template <bool FINITE>
static inline void log_sums(const float* x, int64_t rows, int64_t n, float* m, float* logs) {
  alignas(64) float e[BLOCK + W];
  for (int64_t r = 0; r < rows; r++) {
    const float largest_x = largest(x + r * n, n);
    m[r] = FINITE && math::abs(largest_x) == math::infinity() ? 0.0f : largest_x;
    if (n <= BLOCK) subtract(x + r * n, n, m[r], e + r * n);
  }
  if (n <= BLOCK) exponentials(e, rows * n);
  for (int64_t r = 0; r < rows; r++) logs[r] = n <= BLOCK ? sum(e + r * n, n) : long_sum(x + r * n, n, m[r], nullptr);
  for (int64_t r = rows; r < ((rows + W - 1) & -W); r++) logs[r] = 1;
  logarithms(logs, rows);
}

void log_softmax(const Header* call) {
  const auto& [x, y, rows, n] = arguments<Rows>(call);
  float m[BLOCK];
  alignas(64) float logs[BLOCK];
  for (int64_t r0 = 0; r0 < rows; r0 += rows_of_block(n)) {
    const int64_t some = rows - r0 < rows_of_block(n) ? rows - r0 : rows_of_block(n);
    log_sums<false>(x + r0 * n, some, n, m, logs);
    for (int64_t r = 0; r < some; r++) {
      const float* from = x + (r0 + r) * n;
      float* to = y + (r0 + r) * n;
      const Vec by = all(m[r]);
      const Vec log = all(logs[r]);
      int64_t j = 0;
      for (; j + W <= n; j += W) store(to + j, (load(from + j) - by) - log);
      if (j < n) {
        const Mask left = first(int(n - j));
        store(to + j, (load(from + j, left) - by) - log, left);
      }
    }
  }
}

void log_sum_exp(const Header* call) {
  const auto& [x, y, rows, n] = arguments<Rows>(call);
  float m[BLOCK];
  alignas(64) float logs[BLOCK];
  for (int64_t r0 = 0; r0 < rows; r0 += rows_of_block(n)) {
    const int64_t some = rows - r0 < rows_of_block(n) ? rows - r0 : rows_of_block(n);
    log_sums<true>(x + r0 * n, some, n, m, logs);
    for (int64_t r = 0; r < some; r++) y[r0 + r] = m[r] + logs[r];
  }
}

}  // namespace ISA
