// What Java sees of the kernels.
#pragma once
#include "kernels.h"

namespace vitrine {

using Kernel = void (*)(const Header*);

#define POINTER(name) avx2::name,
static const Kernel avx2_kernels[] = {KERNELS(POINTER)};
#undef POINTER
#define POINTER(name) avx512::name,
static const Kernel avx512_kernels[] = {KERNELS(POINTER)};
#undef POINTER
#define NAME(name) #name,
static const char* const names[] = {KERNELS(NAME)};
#undef NAME

static const Kernel* kernels = avx2_kernels;

// The widest instruction set that the processor and its operating system have: 0 = none of ours, 1 = AVX2 and FMA, 2 = AVX-512 too.
inline int widest() {
  __builtin_cpu_init();
  if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("fma")) return 0;
  return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") &&
                 __builtin_cpu_supports("avx512bw")
             ? 2
             : 1;
}

// Calls made from now on use this instruction set.
inline void use(int isa) { kernels = isa == 2 ? avx512_kernels : avx2_kernels; }

inline const char* name(int kernel) { return kernel >= 0 && kernel < int(sizeof names / sizeof *names) ? names[kernel] : nullptr; }

// Runs the calls from `first` on, until `end` or until one refuses to run, which is returned; null if all did.
inline const void* run(const void* first, const void* end) {
  for (auto at = static_cast<const char*>(first); at < end;) {
    auto call = reinterpret_cast<const Header*>(at);
    kernels[call->kernel](call);
    if (call->wrong >= 0) return call;
    at += call->bytes;
  }
  return nullptr;
}

}  // namespace vitrine
