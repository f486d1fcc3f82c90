// The threads of a block, one after the other on one thread of the processor. Each has a stack of its own; where it has to wait, at a
// barrier of the block or of its warp, the next one goes on.
//
// EMULATOR_ORDER=reverse or a number makes them take turns in another order: where a barrier is missing, results change.
#pragma once
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

struct uint3 {
  unsigned x, y, z;
};

struct dim3 {
  unsigned x = 1, y = 1, z = 1;
};

namespace emulator {

constexpr unsigned WARP = 32;
constexpr size_t STACK = 64 << 10;

// Saves the stack pointer at *from and goes on where `to` was saved.
extern "C" void emulator_switch(void** from, void* to);
asm(R"(.text
.weak emulator_switch
.type emulator_switch,@function
emulator_switch:
  pushq %rbp; pushq %rbx; pushq %r12; pushq %r13; pushq %r14; pushq %r15
  movq %rsp,(%rdi)
  movq %rsi,%rsp
  popq %r15; popq %r14; popq %r13; popq %r12; popq %rbx; popq %rbp
  ret
.size emulator_switch,.-emulator_switch)");

enum class State { READY, WAITS_FOR_BLOCK, WAITS_FOR_WARP, DONE };

struct Thread {
  uint3 index;
  unsigned lane, warp;
  State state;
  int place;      // the barrier where it waits
  uint32_t mask;  // the lanes that it waits for
  void* stack_pointer;
  std::unique_ptr<char[]> stack;
};

struct Warp {
  uint32_t live;     // lanes that have not ended
  uint32_t arrived;  // lanes that wait
  uint64_t slots[WARP][3];
};

class Block;

inline thread_local Block* block = nullptr;  // the one that this thread of the processor runs

// Runs one block after the other.
class Block {
 public:
  uint3 index{};
  const dim3 grid, size;
  Thread* now = nullptr;

  // body: what each of its threads does.
  Block(dim3 grid, dim3 size, void (*body)(void*), void* argument) : grid(grid), size(size), body(body), argument(argument) {
    threads.resize(size.x * size.y * size.z);
    warps.resize((threads.size() + WARP - 1) / WARP);
    block = this;
  }

  ~Block() { block = nullptr; }

  // Empty, or what the block did wrong.
  const std::string& run(uint3 at) {
    index = at;
    begin();
    const auto order = turns();
    while (live > 0 && wrong.empty()) {
      bool some = false;
      for (unsigned i : order) {
        if (threads[i].state != State::READY || !wrong.empty()) continue;
        some = true;
        now = &threads[i];
        emulator_switch(&scheduler, now->stack_pointer);
      }
      if (!some) wrong = "threads of a block wait at different barriers for ever";
    }
    return wrong;
  }

  // The same where no thread ever waits: a plain loop.
  void run_through(uint3 at) {
    index = at;
    Thread& t = threads[0];
    now = &t;
    for (t.index.z = 0; t.index.z < size.z; t.index.z++) {
      for (t.index.y = 0; t.index.y < size.y; t.index.y++) {
        for (t.index.x = 0; t.index.x < size.x; t.index.x++) body(argument);
      }
    }
  }

  void wait_for_block(int place) {
    now->place = place;
    now->state = State::WAITS_FOR_BLOCK;
    waiting++;
    leave_block();
    if (now->state != State::READY) leave();
  }

  void wait_for_warp(uint32_t mask) {
    Warp& warp = warps[now->warp];
    if (!(mask >> now->lane & 1)) fail("a lane calls a function of its warp that its mask leaves out");
    now->mask = mask;
    now->state = State::WAITS_FOR_WARP;
    warp.arrived |= 1u << now->lane;
    release(now->warp, mask & warp.live);
    if (now->state != State::READY) leave();
  }

  // What lane `from` gives; all lanes of the mask call this.
  template <class T>
  T exchanged(uint32_t mask, T value, unsigned from) {
    static_assert(sizeof(T) <= 8);
    Warp& warp = warps[now->warp];
    memcpy(warp.slots[now->lane], &value, sizeof(T));
    wait_for_warp(mask);
    if (!(mask >> from & 1)) fail("a shuffle reads a lane that its mask leaves out");
    T result;
    memcpy(&result, warp.slots[from], sizeof(T));
    wait_for_warp(mask);
    return result;
  }

  // What each lane of the whole warp gives.
  template <class T>
  void gathered(const T& value, T (&all)[WARP]) {
    static_assert(sizeof(T) <= sizeof(Warp::slots[0]));
    Warp& warp = warps[now->warp];
    memcpy(warp.slots[now->lane], &value, sizeof(T));
    wait_for_warp(~0u);
    for (unsigned lane = 0; lane < WARP; lane++) memcpy(&all[lane], warp.slots[lane], sizeof(T));
    wait_for_warp(~0u);
  }

  // Ends the whole launch.
  [[noreturn]] void fail(const char* what) {
    wrong = what;
    leave();
    abort();
  }

 private:
  void begin() {
    live = threads.size();
    waiting = 0;
    for (auto& w : warps) w = {};
    for (unsigned i = 0; i < threads.size(); i++) {
      Thread& t = threads[i];
      t.index = {i % size.x, i / size.x % size.y, i / (size.x * size.y)};
      t.lane = i % WARP;
      t.warp = i / WARP;
      t.state = State::READY;
      warps[t.warp].live |= 1u << t.lane;
      if (!t.stack) t.stack.reset(new char[STACK]);
      // the first switch pops six registers and returns into start()
      void** top = reinterpret_cast<void**>(reinterpret_cast<uintptr_t>(t.stack.get() + STACK) & ~uintptr_t(15)) - 2;
      *top = reinterpret_cast<void*>(start);
      top -= 6;
      memset(top, 0, 6 * sizeof(void*));
      t.stack_pointer = top;
    }
  }

  static void start() {
    Block& b = *block;
    b.body(b.argument);
    b.end();
  }

  [[noreturn]] void end() {
    Warp& warp = warps[now->warp];
    now->state = State::DONE;
    live--;
    warp.live &= ~(1u << now->lane);
    leave_block();
    leave();
    abort();  // nobody lets it go on
  }

  void leave() { emulator_switch(&now->stack_pointer, scheduler); }

  // Where all that have not ended wait, they go on.
  void leave_block() {
    if (waiting == 0 || waiting < live) return;
    int place = -1;
    for (auto& t : threads) {
      if (t.state != State::WAITS_FOR_BLOCK) continue;
      if (place >= 0 && t.place != place) wrong = "__syncthreads() is reached at different places";
      place = t.place;
      t.state = State::READY;
    }
    waiting = 0;
  }

  void release(unsigned w, uint32_t mask) {
    Warp& warp = warps[w];
    if ((warp.arrived & mask) != mask) return;
    warp.arrived &= ~mask;
    for (unsigned lane = 0; lane < WARP; lane++) {
      if (mask >> lane & 1) threads[w * WARP + lane].state = State::READY;
    }
  }

  // Who comes when.
  std::vector<unsigned> turns() const {
    std::vector<unsigned> order(threads.size());
    std::iota(order.begin(), order.end(), 0);
    const char* wanted = getenv("EMULATOR_ORDER");
    if (wanted == nullptr) return order;
    uint64_t state = strtoull(wanted, nullptr, 10) * 0x9e3779b97f4a7c15u + index.x * 7919 + index.y;
    for (size_t i = order.size(); i > 1; i--) {
      state = state * 6364136223846793005u + 1442695040888963407u;
      const bool reverse = strcmp(wanted, "reverse") == 0;
      if (!reverse) std::swap(order[i - 1], order[(state >> 33) % i]);
      if (reverse && i - 1 > order.size() - i) std::swap(order[i - 1], order[order.size() - i]);
    }
    return order;
  }

  void (*body)(void*);
  void* argument;
  std::vector<Thread> threads;
  std::vector<Warp> warps;
  size_t live = 0;     // threads that have not ended
  size_t waiting = 0;  // threads at a barrier of the block
  std::string wrong;
  void* scheduler = nullptr;
};

}  // namespace emulator
