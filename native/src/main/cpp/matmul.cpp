// y[i, j] = Σ_k a[i, k]·b[k, j] (+ bias[j]) for rows from … to: chunks of 512 terms, each one chain of fma, their sums added in order.
#include <cstring>

#include "buffer.h"
#include "elementwise.h"
#include "kernels.h"
#include "tile.h"
#include "transpose.h"

namespace ISA {

// Floats of b that are multiplied at a time: a quarter of a second-level cache, which also holds A and C.
constexpr int64_t BLOCK = 128 << 10;

// A matrix of so many floats doesn't fit there.
constexpr int64_t LARGE = 256 << 10;

// Rows of b so far apart, at a multiple of half a page, that a strip of it has only a few sets of the cache to itself.
static inline bool crowded(int64_t k, int64_t step) { return step % 512 == 0 && k * step > LARGE; }

constexpr int64_t STRIP = MOST_VECTORS * W;

// Floats of a strip that stays in the first-level cache while all rows of a pass by.
constexpr int64_t SMALL = 8 << 10;

// A strip of b, transposed or brought together, to be multiplied while it is in the first-level cache and on few pages.
static Right packed(bool transposed, const float* b, int64_t step, int64_t k, int64_t columns) {
  static thread_local Buffer buffer;
  float* strip = buffer.floats(k * STRIP);
  if (transposed) {
    transpose(b, step, columns, k, strip, STRIP);
  } else {
    for (int64_t l = 0; l < k; l++) memcpy(strip + l * STRIP, b + l * step, 4 * columns);
  }
  return {strip, STRIP};
}

void matmul(const Header* call) {
  struct Arguments {
    const float* a;
    int64_t a_step;
    int64_t ta;
    const float* b;
    int64_t b_step;
    int64_t tb;
    const float* bias;
    float* y;
    int64_t y_step;
    int64_t rows;
    int64_t n;
    int64_t k;
    Activation f;
  };
  const auto& [a, a_step, ta, b, b_step, tb, bias, y, y_step, rows, n, k, f] = arguments<Arguments>(call);
  const bool small = n > STRIP && k * STRIP <= SMALL;
  const bool pack = tb || (rows > most_rows(MOST_VECTORS) && (small || crowded(k, b_step)));
  // As many whole strips at a time as keep a chunk of b in the second-level cache.
  const int64_t terms_at_once = k < 1 ? 1 : k < CHUNK ? k : CHUNK;
  const int64_t block = pack ? STRIP : (BLOCK / terms_at_once + STRIP - 1) / STRIP * STRIP;
  int64_t from = 0;
  do {
    const int64_t terms = k - from < CHUNK ? k - from : CHUNK;
    const Out all = {y, y_step, from > 0, bias, f.is_relu()};
    const Out now = from + terms < k ? all.unfinished() : all;
    const Run run = {0, 0, terms};
    const Left left = {a + (ta ? from * a_step : from), a_step, ta != 0};
    for (int64_t j = 0; j < n; j += block) {
      const int64_t columns = n - j < block ? n - j : block;
      const float* at = b + (tb ? j * b_step + from : from * b_step + j);
      const Right right = pack ? packed(tb, at, b_step, terms, columns) : Right{at, b_step};
      product(&run, 1, left, right, now.from(j), rows, columns);
    }
    from += terms;
  } while (from < k);
  if (!f.is_relu()) {
    for (int64_t i = 0; i < rows; i++) f.over(y + i * y_step, n);
  }
}

}  // namespace ISA
