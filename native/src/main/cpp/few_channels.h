// dx with few input channels: pixels are the lanes, dx[ih, iw … iw + W − 1, i] += w[kh, kw, i, o] · dyᵀ[o, …].
//
// A line of dy is turned once ([ow][o] to [o][ow]) and given at once to all rows of dx that it touches: row ih meets it with kh, row
// ih + 1 with kh + 1, …, which is a small product of matrices, w[(kh, i), (kw, o)] · dyᵀ[(kw, o), pixels]. Lines go from the last to the
// first, so that each row meets its kernel rows in ascending order; between two lines its chains wait in memory. Two or more stretches
// of rows ("waves") may walk in step, their lines side by side: more independent chains, and fewer lanes without a pixel.
#pragma once
#include "convolution.h"
#include "few_tile.h"

namespace ISA {

class FewChannels {
 public:
  // Fewer vector operations this way than with channels as lanes? Counted for a row of dx and one output channel, strides averaged.
  static bool pay(const Geometry& g) {
    const int64_t inputs = g.c / g.groups;
    const int64_t depth = g.o / g.groups;
    if (depth == 0) return false;
    const double taps = double(g.kh * g.kw) / double(g.stride_h * g.stride_w);
    const double width = double(g.w) / double(g.stride_w);
    const double there = taps * width * double((inputs + W - 1) / W);
    const double waiting = 4.0 * double(g.kh) / double(depth);  // chains are loaded and stored for each kernel row
    // A quarter more than the count says, measured at 8 and 12 channels: short tiles at the borders, lines that come from far.
    const double here = 1.25 * (taps + waiting) * double(inputs) * (width / W + 0.5) + TURNING * double(g.out_w);
    return here < there;
  }

  // w: from the group's first output on; row_pixels: of the class in a row of dx.
  void prepare(const Geometry& geometry, Class rows, Class columns, int64_t row_pixels, const float* w) {
    g = geometry;
    down = axis(rows, g.kh);
    across = axis(columns, g.kw);
    inputs = g.c / g.groups;
    depth = g.o / g.groups;
    width = row_pixels;
    const int64_t least = across.shift - (across.count - 1) * across.fall;
    left = across.count > 0 && least < 0 ? -least : 0;
    const int64_t right = across.count > 0 && across.shift + width > g.out_w ? across.shift + width - g.out_w : 0;
    least_pitch = g.out_w + (left > right ? left : right);
    if (least_pitch < width) least_pitch = width;
    sums = down.count * inputs;
    per = per_chunk(depth);
    const int64_t last = (down.first + (down.count - 1) * down.step) * g.kw + across.first + (across.count - 1) * across.step;
    chunked = sums > 0 && across.count > 0 && (depth > CHUNK || last / per != (down.first * g.kw + across.first) / per);

    float* to = panel.floats(across.count * depth * sums);
    weights = to;
    for (int64_t t = 0; t < across.count; t++) {
      for (int64_t j = 0; j < down.count; j++) {
        for (int64_t i = 0; i < inputs; i++) {
          const float* from = w + (tap(j, t) * inputs + i) * g.o;
          float* column = to + t * depth * sums + j * inputs + i;
          for (int64_t o = 0; o < depth; o++) column[o * sums] = from[o];
        }
      }
    }
  }

  // The rows from … to − 1 of an image of the class. lines: of dy, their first float the group's first channel, `step` apart; dx: where
  // row 0 begins.
  void rows(const float* lines, int64_t step, int64_t from, int64_t to, float* dx) {
    for (int64_t residue = 0; residue < down.fall && from + residue < to; residue++) {
      const int64_t count = (to - from - residue + down.fall - 1) / down.fall;
      lay_out(count);
      for (int64_t i = 0; i < count; i += waves * length) {
        walk(lines, step, from + residue + i * down.fall);
        for (int64_t r = 0; r < waves * length && i + r < count; r++) {
          put(r, dx + (from + residue + (i + r) * down.fall) * g.stride_h * g.w * g.c);
        }
      }
    }
  }

 private:
  // Vector operations that it takes to turn a float: 20 for 4·16 of them, 12 for 4·8.
  static constexpr double TURNING = 0.35;

  // The taps of an axis that see a class: k = first + j·step for j < count, they read the output index + shift − j·fall.
  struct Axis {
    int64_t count = 0;
    int64_t first = 0;
    int64_t step = 1;
    int64_t shift = 0;
    int64_t fall = 1;
  };

  static Axis axis(Class c, int64_t kernel) {
    Axis a;
    for (int64_t k = 0; k < kernel; k++) {
      if (!c.sees(k)) continue;
      if (a.count == 0) {
        a.first = k;
        a.shift = c.shift(k);
      } else if (a.count == 1) {
        a.step = k - a.first;
        a.fall = a.shift - c.shift(k);
      }
      a.count++;
    }
    return a;
  }

  int64_t tap(int64_t j, int64_t t) const { return (down.first + j * down.step) * g.kw + across.first + t * across.step; }

  // How many waves, of how many rows each, how far apart: the fewest operations, among lines that stay in the first level of the cache.
  void lay_out(int64_t count) {
    double least = 0;
    for (int64_t s = 1; s <= 8 && s <= count && (s == 1 || s * least_pitch <= 256); s++) {
      for (int dense = 0; dense < (s == 1 ? 1 : 2); dense++) {
        const int64_t apart = dense ? least_pitch : (least_pitch + W - 1) / W * W;
        const int64_t n = ((s - 1) * apart + width + W - 1) / W;
        const int64_t chains = sums * (n < MOST_X ? n : MOST_X);  // 8 keep two units with a latency of 4 busy
        const int64_t m = (count + s - 1) / s;
        const double cost = double(across.count * n * sums * m) * (chains < 8 ? 8.0 / double(chains + 1) : 1) +
                            (dense ? 1.5 : 1) * TURNING * double(s * g.out_w * (m + down.count - 1));
        if (s > 1 && cost >= least) continue;
        least = cost;
        waves = s;
        pitch = apart;
        length = m;
      }
    }
    lead = (left + W - 1) / W * W;
    line = lead + (waves * pitch + 2 * W - 1) / W * W;  // a vector behind the last pixel may be touched
    const int64_t most = 1 + (1 << 15) / (line * inputs);
    if (length > most) length = most;
    if (waves > (count + length - 1) / length) waves = (count + length - 1) / length;
    const int64_t size = length * inputs * line;
    chains = memory.floats((chunked ? 2 : 1) * size);
    totals = chunked ? chains + size : nullptr;
    turned = lines_of_dy.floats(depth * line + W);
    memset(turned, 0, 4 * (depth * line + W));
  }

  // The waves s have the rows first + (s·length + q)·fall, q < length; those that are too many count for nothing.
  void walk(const float* lines, int64_t step, int64_t first_row) {
    const int64_t size = length * inputs * line;
    memset(chains, 0, 4 * size);
    for (int64_t i = 0; chunked && i < size; i++) totals[i] = -0.0f;  // −0 + s is s, even for −0
    for (int64_t q = length - 1; q > -down.count; q--) {
      const int64_t top = first_row + q * down.fall + down.shift;  // the line that wave 0 is at
      const int64_t apart = length * down.fall;
      int64_t lo = 0;
      while (lo < waves && top + lo * apart < 0) lo++;
      int64_t hi = lo;
      while (hi < waves && top + hi * apart < g.out_h) hi++;
      if (lo == hi) continue;
      for (int64_t s = lo; s < hi; s++) {
        turn(lines + (top + s * apart) * step, g.o, g.out_w, depth, turned + lead + s * pitch, line);
      }
      // The next lines come while these are worked on: two waves' lines, or the halves of one.
      const float* next = lines + (top + lo * apart - down.fall) * step;
      const int64_t distance = hi - lo > 1 ? apart * step : g.out_w * g.o / 2;
      take(q, lo, hi, top, next, distance);
    }
  }

  // The lines `top` and so on of dy, one for each wave lo … hi − 1, for the rows q + j of dx.
  void take(int64_t q, int64_t lo, int64_t hi, int64_t top, const float* next, int64_t distance) {
    const int64_t j_lo = q < 0 ? -q : 0;
    const int64_t j_hi = length - q < down.count ? length - q : down.count;
    const int64_t pixels = (hi - lo - 1) * pitch + width;
    const int64_t n = (pixels + W - 1) / W;
    const bool masked = hi < waves;  // what lies behind belongs to a wave that does not take part
    const Mask last = first(masked ? int(pixels - (n - 1) * W) : W);
    const int64_t r_lo = j_lo * inputs;
    float* c = chains + (q * inputs + r_lo) * line + lo * pitch;
    for (int64_t t = 0; t < across.count;) {
      int64_t end = chunked ? t + 1 : across.count;
      for (int64_t o = 0; o < depth; o += chunked ? CHUNK : depth) {
        if (chunked) {
          for (int64_t j = j_lo; j < j_hi; j++) {
            if (border(j, t, o)) flush(q + j, lo, hi, j > 0 && t == 0 && o == 0, top);
          }
        }
        const int64_t terms = !chunked || depth - o < CHUNK ? depth - o : CHUNK;
        const Turned x = {turned + o * line + lead + lo * pitch + across.shift - t * across.fall, line, across.fall, end - t, terms,
                          next, next + distance, g.out_w / across.count / (hi - lo > 1 ? 1 : 2) + 1};
        sweep(x, weights + (t * depth + o) * sums + r_lo, sums, c, line, (j_hi - j_lo) * inputs, n, masked, last);
      }
      t = end;
    }
  }

  // Does term (j, t, o) begin a chunk?
  bool border(int64_t j, int64_t t, int64_t o) const {
    if (o > 0) return true;
    if (t > 0) return tap(j, t) / per != tap(j, t - 1) / per;
    return j > 0 && tap(j, 0) / per != tap(j - 1, across.count - 1) / per;
  }

  // Row q of the waves: total += chain, chain = 0; unless nothing has taken part so far, because the line before lies outside.
  void flush(int64_t q, int64_t lo, int64_t hi, bool first_of_line, int64_t top) {
    for (int64_t s = lo; s < hi; s++) {
      if (first_of_line && top + (s * length + 1) * down.fall >= g.out_h) continue;
      for (int64_t i = 0; i < inputs; i++) {
        const int64_t at = (q * inputs + i) * line + s * pitch;
        for (int64_t p = 0; p < width; p++) {
          totals[at + p] += chains[at + p];
          chains[at + p] = 0;
        }
      }
    }
  }

  // Row r of the walk is done.
  void put(int64_t r, float* dx) {
    float* from = chains + r % length * inputs * line + r / length * pitch;
    for (int64_t i = 0; chunked && i < inputs; i++) {
      for (int64_t p = 0; p < width; p++) from[i * line + p] = totals[from - chains + i * line + p] + from[i * line + p];
    }
    interleave(from, line, inputs, width, dx, g.stride_w * g.c);
  }

  Geometry g;
  Axis down, across;
  int64_t inputs, depth, width;
  int64_t left;         // zeros that are read before a line of dy
  int64_t least_pitch;  // a line and the zeros between it and its neighbour, or a row of dx in its place
  int64_t sums;         // chains of a pixel that a line takes part in: (kh, i)
  int64_t per;          // whole taps in a chunk
  bool chunked;         // more chunks than one
  int64_t waves, length;
  int64_t lead, pitch, line;  // where wave 0 begins, how far wave 1 lies behind it, and the next line
  const float* weights;  // [kw][o][kh, i]
  float* chains;         // [q][i][wave, pixel]
  float* totals;
  float* turned;         // [o][wave, pixel]
  Buffer panel;
  Buffer memory;
  Buffer lines_of_dy;
};

}  // namespace ISA
