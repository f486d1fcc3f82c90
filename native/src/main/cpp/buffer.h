// Memory of one thread that grows to what the largest call so far needed, then stays.
#pragma once
#include <cstdint>
#include <cstdlib>

namespace ISA {

class Buffer {
 public:
  Buffer() = default;
  Buffer(const Buffer&) = delete;
  ~Buffer() { free(memory); }

  // At least so many floats, 64-byte aligned; what they held is lost when the buffer grows.
  float* floats(int64_t count) {
    if (count > size) {
      free(memory);
      size = (count + 1023) / 1024 * 1024;
      memory = static_cast<float*>(aligned_alloc(64, 4 * size));
      if (memory == nullptr) abort();
    }
    return memory;
  }

 private:
  float* memory = nullptr;
  int64_t size = 0;
};

}  // namespace ISA
