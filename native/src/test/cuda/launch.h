// A kernel of a module, from the outside: how large its arguments are, and all blocks of a grid. Included behind the kernels.
#pragma once
#include <atomic>
#include <mutex>
#include <thread>
#include <tuple>

#include "cuda.h"

namespace emulator {

template <class... A>
int sizes(void (*)(A...), size_t* to) {
  ((*to++ = sizeof(A)), ...);
  return sizeof...(A);
}

// A kernel and its arguments.
template <class... A>
struct Call {
  void (*kernel)(A...);
  std::tuple<A...> arguments;

  template <size_t... I>
  Call(void (*kernel)(A...), void** at, std::index_sequence<I...>) : kernel(kernel), arguments(*static_cast<A*>(at[I])...) {}

  static void run(void* call) {
    auto* c = static_cast<Call*>(call);
    std::apply(c->kernel, c->arguments);
  }
};

#ifndef EMULATOR_WAITS
#define EMULATOR_WAITS 1  // 0: no kernel of this module has barriers
#endif

// Runs the blocks of a grid on some threads of the processor. Where stacks are switched never on the caller's own: a JVM knows the stacks
// of its threads.
class Launch {
 public:
  Launch(dim3 grid, dim3 size, void (*body)(void*), void* argument) : grid(grid), size(size), body(body), argument(argument) {}

  // Empty, or what went wrong.
  std::string run() {
    const uint64_t blocks = uint64_t(grid.x) * grid.y * grid.z;
    if (!EMULATOR_WAITS && blocks * size.x * size.y * size.z <= FEW) {
      work(blocks);
      return wrong;
    }
    const uint64_t most = std::max(1u, std::thread::hardware_concurrency());
    std::vector<std::thread> workers;
    for (uint64_t i = 0; i < std::min(blocks, most); i++) workers.emplace_back([this, blocks] { work(blocks); });
    for (auto& w : workers) w.join();
    return wrong;
  }

 private:
  void work(uint64_t blocks) {
    Block own(grid, size, body, argument);
    for (uint64_t i; (i = next++) < blocks;) {
      const uint3 at{unsigned(i % grid.x), unsigned(i / grid.x % grid.y), unsigned(i / grid.x / grid.y)};
      if (!EMULATOR_WAITS) {
        own.run_through(at);
        continue;
      }
      const auto& said = own.run(at);
      if (said.empty()) continue;
      std::lock_guard lock(guard);
      wrong = said;
      next = blocks;
    }
  }

  static constexpr uint64_t FEW = 1 << 16;  // threads that are done before others have started

  const dim3 grid, size;
  void (*body)(void*);
  void* argument;
  std::atomic<uint64_t> next{0};
  std::mutex guard;
  std::string wrong;
};

template <class... A>
const char* launch(void (*kernel)(A...), dim3 grid, dim3 size, void** arguments) {
  Call<A...> call(kernel, arguments, std::index_sequence_for<A...>{});
  static thread_local std::string wrong;
  wrong = Launch(grid, size, Call<A...>::run, &call).run();
  return wrong.empty() ? nullptr : wrong.c_str();
}

}  // namespace emulator

#define EMULATOR_KERNEL(k)                                                                                          \
  extern "C" const char* emulator_launch_##k(dim3 g, dim3 b, void** a) { return emulator::launch(k, g, b, a); } \
  extern "C" int emulator_sizes_##k(size_t* to) { return emulator::sizes(k, to); }
