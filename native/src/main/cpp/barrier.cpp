// Waits until all members of a team are here, at the words where the Java class Barrier waits too and in the same way.
#include <immintrin.h>
#include <sched.h>

#include <atomic>

#include "kernels.h"

namespace ISA {

struct Words {
  alignas(64) std::atomic<int32_t> arrived;
  alignas(64) std::atomic<int32_t> phase;
  alignas(64) std::atomic<int32_t> failed;
};

// Looks before the core is given away: some 3 µs. Where another member waits for this very core, each look is one too many.
constexpr int SPINS = 50;

// Refuses if another member has failed.
void barrier(const Header* call) {
  struct Arguments {
    Words* words;
    int64_t members;
  };
  const auto& [words, members] = arguments<Arguments>(call);
  call->wrong = -1;
  const int32_t now = words->phase.load();
  if (words->arrived.fetch_add(1) + 1 == members) {
    words->arrived.store(0);
    words->phase.store(now + 1);
    return;
  }
  for (int spins = 0; words->phase.load() == now; spins++) {
    if (words->failed.load() != 0) {
      call->wrong = 0;
      return;
    }
    if (spins < SPINS) {
      _mm_pause();
    } else {
      sched_yield();
    }
  }
}

}  // namespace ISA
