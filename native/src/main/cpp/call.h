// A call of a kernel, as Java writes it and C++ reads it: a header and 8 bytes for each argument.
#pragma once
#include <cstdint>

struct alignas(8) Header {
  int32_t kernel;  // the number of the kernel
  int32_t bytes;   // of the whole record: the next one begins there
  mutable int64_t wrong;  // the first entry of an index for which the kernel refused to run; else −1
};

// A float in 8 bytes.
struct alignas(8) Real {
  float value;
  operator float() const { return value; }
};

// The arguments behind the header.
template <class Arguments>
static inline const Arguments& arguments(const Header* call) {
  return *reinterpret_cast<const Arguments*>(call + 1);
}
