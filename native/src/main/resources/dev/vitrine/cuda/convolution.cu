// Convolutions and their gradients: products of which one operand is an image under the kernel. One for each group.
#include "product.h"
#include "windows.h"

struct Convolution {
  const float *first, *second, *bias;  // x and w, dy and w, or x and dy
  float* result;                       // y, dx, or dw
  Image x, y;
  Int kh, kw;
  Window g;
  Chunks chunks;

  __device__ int depth() const { return int(x.c / g.groups); }    // channels of a group
  __device__ int outputs() const { return int(y.c / g.groups); }  // of a group
  __device__ int taps() const { return int(kh * kw); }
  __device__ int row_of(int oh, int kh) const { return int(oh * g.stride_h + kh * g.dilation_h - g.pad_h); }
  __device__ int column_of(int ow, int kw) const { return int(ow * g.stride_w + kw * g.dilation_w - g.pad_w); }
  __device__ Int weight(int tap, int i, int o) const { return (Int(tap) * depth() + i) * y.c + o; }
};

// A pixel of an image.
struct Pixel {
  int image, row, column;

  __device__ Pixel(int i, const Image& of) : image(i / int(of.h * of.w)), row(i / int(of.w) % int(of.h)), column(i % int(of.w)) {}
};

// Rows: pixels of y. Runs: taps. Terms: channels of the group.
struct Forward {
  static constexpr bool LEFT_BY_ROWS = false, RIGHT_BY_TERMS = false;
  const Convolution& p;
  float* const y;
  const int group;

  __device__ Forward(const Convolution& p, int group) : p(p), y(p.result), group(group) {}

  typedef Pixel Row;
  __device__ int rows() const { return int(p.y.n * p.y.h * p.y.w); }
  __device__ int columns() const { return p.outputs(); }
  __device__ int terms() const { return p.taps() * p.depth(); }
  __device__ int depth() const { return p.depth(); }
  __device__ bool skips() const { return p.g.pad_h > 0; }
  __device__ Row row(int pixel) const { return Pixel(pixel, p.y); }
  __device__ bool takes_part(Row r, int tap) const { return inside(p.row_of(r.row, tap / int(p.kw)), p.x.h); }

  __device__ float left(Row r, int tap, int i) const {
    const int row = p.row_of(r.row, tap / int(p.kw)), column = p.column_of(r.column, tap % int(p.kw));
    if (!inside(row, p.x.h) || !inside(column, p.x.w)) return 0;
    return p.first[p.x.at(r.image, row, column, group * p.depth() + i)];
  }

  __device__ float right(int q, int, int, int o) const { return p.second[q * p.y.c + group * p.outputs() + o]; }
  __device__ Int at(int pixel, int o) const { return pixel * p.y.c + group * p.outputs() + o; }
  __device__ float finish(float v, int o) const { return p.bias == nullptr ? v : v + p.bias[group * p.outputs() + o]; }
};

// Rows: pixels of x. Runs: taps. Terms: outputs of the group.
struct Data {
  static constexpr bool LEFT_BY_ROWS = false, RIGHT_BY_TERMS = true;
  const Convolution& p;
  float* const y;
  const int group;

  __device__ Data(const Convolution& p, int group) : p(p), y(p.result), group(group) {}

  typedef Pixel Row;
  __device__ int rows() const { return int(p.x.n * p.x.h * p.x.w); }
  __device__ int columns() const { return p.depth(); }
  __device__ int terms() const { return p.taps() * p.outputs(); }
  __device__ int depth() const { return p.outputs(); }
  __device__ bool skips() const { return true; }
  __device__ Row row(int pixel) const { return Pixel(pixel, p.x); }
  __device__ int top(Row r, int tap) const { return r.row + int(p.g.pad_h - tap / p.kw * p.g.dilation_h); }
  __device__ int left_of(Row r, int tap) const { return r.column + int(p.g.pad_w - tap % p.kw * p.g.dilation_w); }

  __device__ bool takes_part(Row r, int tap) const {
    const int t = top(r, tap);
    return t % int(p.g.stride_h) == 0 && t >= 0 && t / int(p.g.stride_h) < p.y.h && left_of(r, tap) % int(p.g.stride_w) == 0;
  }

  __device__ float left(Row r, int tap, int o) const {
    const int l = left_of(r, tap);
    if (!takes_part(r, tap) || l < 0 || l / int(p.g.stride_w) >= p.y.w) return 0;
    return p.first[p.y.at(r.image, top(r, tap) / int(p.g.stride_h), l / int(p.g.stride_w), group * p.outputs() + o)];
  }

  __device__ float right(int, int tap, int o, int i) const { return p.second[p.weight(tap, i, group * p.outputs() + o)]; }
  __device__ Int at(int pixel, int i) const { return pixel * p.x.c + group * p.depth() + i; }
  __device__ float finish(float v, int) const { return v; }
};

// Rows: taps and channels of the group. Runs: rows of y, of all images. Terms: pixels of such a row.
struct Weights {
  static constexpr bool LEFT_BY_ROWS = true, RIGHT_BY_TERMS = false;
  const Convolution& p;
  float* const y;
  const int group;

  __device__ Weights(const Convolution& p, int group) : p(p), y(p.result), group(group) {}

  struct Row {
    int tap, channel;
  };

  __device__ int rows() const { return p.taps() * p.depth(); }
  __device__ int columns() const { return p.outputs(); }
  __device__ int terms() const { return int(p.y.n * p.y.h * p.y.w); }
  __device__ int depth() const { return int(p.y.w); }
  __device__ bool skips() const { return p.g.pad_h > 0; }
  __device__ Row row(int i) const { return {i / p.depth(), i % p.depth()}; }
  __device__ bool takes_part(Row r, int run) const { return inside(p.row_of(run % int(p.y.h), r.tap / int(p.kw)), p.x.h); }

  __device__ float left(Row r, int run, int ow) const {
    const int ih = p.row_of(run % int(p.y.h), r.tap / int(p.kw)), iw = p.column_of(ow, r.tap % int(p.kw));
    if (!inside(ih, p.x.h) || !inside(iw, p.x.w)) return 0;
    return p.first[p.x.at(run / int(p.y.h), ih, iw, group * p.depth() + r.channel)];
  }

  __device__ float right(int q, int, int, int o) const { return p.second[q * p.y.c + group * p.outputs() + o]; }
  __device__ Int at(int row, int o) const { return row * p.y.c + group * p.outputs() + o; }
  __device__ float finish(float v, int) const { return v; }
};

extern "C" __global__ void __launch_bounds__(256) conv2d_medium(Convolution p) { products<Medium, Forward>(p, p.chunks, p.g.groups); }
extern "C" __global__ void __launch_bounds__(256) conv2d_data_medium(Convolution p) { products<Medium, Data>(p, p.chunks, p.g.groups); }
extern "C" __global__ void __launch_bounds__(256) conv2d_weights_medium(Convolution p) { products<Medium, Weights>(p, p.chunks, p.g.groups); }
extern "C" __global__ void __launch_bounds__(64) conv2d_small(Convolution p) { products<Small, Forward>(p, p.chunks, p.g.groups); }
extern "C" __global__ void __launch_bounds__(64) conv2d_data_small(Convolution p) { products<Small, Data>(p, p.chunks, p.g.groups); }
extern "C" __global__ void __launch_bounds__(64) conv2d_weights_small(Convolution p) { products<Small, Weights>(p, p.chunks, p.g.groups); }
