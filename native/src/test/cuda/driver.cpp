// A CUDA driver without a GPU, libcuda.so.1: as much of it as the backend calls. Memory is the processor's, modules are shared libraries
// that nvrtc.cpp made, streams run everything at once, graphs are lists of what was captured.
//
// fake_cuda("devices", 0) and the like make it fail as machines do: see Faults.
#include <dlfcn.h>

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "fibers.h"

namespace {

// Codes of cuda.h.
enum Result {
  SUCCESS = 0,
  INVALID_VALUE = 1,
  OUT_OF_MEMORY = 2,
  NO_DEVICE = 100,
  INVALID_DEVICE = 101,
  INVALID_IMAGE = 200,
  NOT_FOUND = 500,
  LAUNCH_FAILED = 719,
  CAPTURE_UNSUPPORTED = 900,
  CAPTURE_INVALIDATED = 901,
};

const std::map<int, std::pair<const char*, const char*>> NAMES = {
    {SUCCESS, {"CUDA_SUCCESS", "no error"}},
    {INVALID_VALUE, {"CUDA_ERROR_INVALID_VALUE", "invalid argument"}},
    {OUT_OF_MEMORY, {"CUDA_ERROR_OUT_OF_MEMORY", "out of memory"}},
    {NO_DEVICE, {"CUDA_ERROR_NO_DEVICE", "no CUDA-capable device is detected"}},
    {INVALID_DEVICE, {"CUDA_ERROR_INVALID_DEVICE", "invalid device ordinal"}},
    {INVALID_IMAGE, {"CUDA_ERROR_INVALID_IMAGE", "device kernel image is invalid"}},
    {NOT_FOUND, {"CUDA_ERROR_NOT_FOUND", "named symbol not found"}},
    {LAUNCH_FAILED, {"CUDA_ERROR_LAUNCH_FAILED", "unspecified launch failure"}},
    {CAPTURE_UNSUPPORTED, {"CUDA_ERROR_STREAM_CAPTURE_UNSUPPORTED", "operation not permitted when stream is capturing"}},
    {CAPTURE_INVALIDATED, {"CUDA_ERROR_STREAM_CAPTURE_INVALIDATED", "operation failed due to a previous error during capture"}},
};

// What tests may ask for.
struct Faults {
  int devices = 1;
  int version = 13000;
  int multiprocessors = 2;
  size_t memory = size_t(1) << 40;  // bytes of the device
  int64_t launches = INT64_MAX;     // kernels until the device is lost
} faults;

std::mutex guard;
std::map<uint64_t, size_t> allocations;  // guarded
size_t used = 0;                         // guarded
bool lost = false;

using Run = std::function<int()>;

struct Graph {
  std::vector<Run> calls;
};

struct Stream {
  Graph* capture = nullptr;
};

struct Event {
  std::chrono::steady_clock::time_point at;
};

struct Module {
  void* library;
};

struct Function {
  const char* (*launch)(dim3, dim3, void**);
  std::string name;
  std::vector<size_t> sizes;  // of its arguments
};

int context;

// Now, or when the captured graph is launched.
int done(Stream* s, Run call) {
  if (lost) return LAUNCH_FAILED;
  if (s != nullptr && s->capture != nullptr) {
    s->capture->calls.push_back(std::move(call));
    return SUCCESS;
  }
  return call();
}

int run(const Function& f, dim3 grid, dim3 block, std::vector<std::vector<char>>& arguments) {
  if (faults.launches-- <= 0) {
    lost = true;
    return LAUNCH_FAILED;
  }
  std::vector<void*> at;
  for (auto& a : arguments) at.push_back(a.data());
  const char* wrong = f.launch(grid, block, at.data());
  if (wrong == nullptr) return SUCCESS;
  fprintf(stderr, "fake CUDA: kernel %s: %s\n", f.name.c_str(), wrong);
  return LAUNCH_FAILED;
}

Run copy(void* to, const void* from, size_t n) {
  return [=] {
    memmove(to, from, n);
    return SUCCESS;
  };
}

template <class T>
T* at(uint64_t address) {
  return reinterpret_cast<T*>(address);
}

}  // namespace

extern "C" {

// Not CUDA's: sets one of the faults.
void fake_cuda(const char* what, int64_t value) {
  const std::string w = what;
  if (w == "devices") faults.devices = int(value);
  if (w == "version") faults.version = int(value);
  if (w == "multiprocessors") faults.multiprocessors = int(value);
  if (w == "memory") faults.memory = size_t(value);
  if (w == "launches") faults.launches = value;
  lost = false;
}

// Not CUDA's: bytes that nobody freed.
int64_t fake_cuda_used() {
  std::lock_guard lock(guard);
  return int64_t(used);
}

// ---- devices

int cuInit(unsigned) { return faults.devices > 0 ? SUCCESS : NO_DEVICE; }

int cuDriverGetVersion(int* v) {
  *v = faults.version;
  return SUCCESS;
}

int cuDeviceGetCount(int* n) {
  *n = faults.devices;
  return SUCCESS;
}

int cuDeviceGet(int* d, int ordinal) {
  *d = ordinal;
  return ordinal >= 0 && ordinal < faults.devices ? SUCCESS : INVALID_DEVICE;
}

int cuDeviceGetName(char* name, int n, int) {
  snprintf(name, size_t(n), "CPU emulation");
  return SUCCESS;
}

int cuDeviceTotalMem_v2(size_t* bytes, int) {
  *bytes = faults.memory;
  return SUCCESS;
}

int cuDeviceGetAttribute(int* v, int attribute, int) {
  switch (attribute) {
    case 1: *v = 1024; break;   // threads of a block
    case 8: *v = 49152; break;  // bytes of shared memory
    case 16: *v = faults.multiprocessors; break;
    case 75: *v = 9; break;     // compute capability 9.0
    default: *v = 0;
  }
  return SUCCESS;
}

int cuDevicePrimaryCtxRetain(void** c, int) {
  *c = &context;
  return SUCCESS;
}

int cuDevicePrimaryCtxRelease_v2(int) { return SUCCESS; }
int cuCtxSetCurrent(void*) { return SUCCESS; }
int cuCtxSynchronize() { return lost ? LAUNCH_FAILED : SUCCESS; }

int cuGetErrorName(int e, const char** s) {
  const auto found = NAMES.find(e);
  *s = found == NAMES.end() ? "CUDA_ERROR_UNKNOWN" : found->second.first;
  return SUCCESS;
}

int cuGetErrorString(int e, const char** s) {
  const auto found = NAMES.find(e);
  *s = found == NAMES.end() ? "unknown error" : found->second.second;
  return SUCCESS;
}

// ---- modules

int cuModuleLoadData(Module** m, const char* image) {
  if (strncmp(image, "EMULATED:", 9) != 0) return INVALID_IMAGE;
  void* library = dlopen(image + 9, RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) {
    fprintf(stderr, "fake CUDA: %s\n", dlerror());
    return INVALID_IMAGE;
  }
  *m = new Module{library};
  return SUCCESS;
}

int cuModuleUnload(Module* m) {
  delete m;
  return SUCCESS;
}

int cuModuleGetFunction(Function** f, Module* m, const char* name) {
  void* launch = dlsym(m->library, (std::string("emulator_launch_") + name).c_str());
  void* sizes = dlsym(m->library, (std::string("emulator_sizes_") + name).c_str());
  if (launch == nullptr || sizes == nullptr) return NOT_FOUND;
  size_t each[64];
  const int n = reinterpret_cast<int (*)(size_t*)>(sizes)(each);
  *f = new Function{reinterpret_cast<const char* (*)(dim3, dim3, void**)>(launch), name, {each, each + n}};
  return SUCCESS;
}

// Arguments are copied at the call. Kernels here have no dynamic shared memory.
int cuLaunchKernel(Function* f, unsigned gx, unsigned gy, unsigned gz, unsigned bx, unsigned by, unsigned bz, unsigned shared, Stream* s,
                   void** arguments, void**) {
  if (gx == 0 || gy == 0 || gz == 0 || gy > 65535 || gz > 65535 || bx * by * bz == 0 || bx * by * bz > 1024 || shared > 0) {
    return INVALID_VALUE;
  }
  std::vector<std::vector<char>> copies;
  for (size_t i = 0; i < f->sizes.size(); i++) {
    const char* from = static_cast<char*>(arguments[i]);
    copies.emplace_back(from, from + f->sizes[i]);
  }
  return done(s, [=]() mutable { return run(*f, {gx, gy, gz}, {bx, by, bz}, copies); });
}

// ---- memory

int cuMemAlloc_v2(uint64_t* p, size_t n) {
  std::lock_guard lock(guard);
  if (n == 0) return INVALID_VALUE;
  if (used + n > faults.memory) return OUT_OF_MEMORY;
  void* bytes = aligned_alloc(256, (n + 255) / 256 * 256);
  if (bytes == nullptr) return OUT_OF_MEMORY;
  memset(bytes, 0xff, n);  // NaNs: what is read before it is written shows
  *p = reinterpret_cast<uint64_t>(bytes);
  allocations[*p] = n;
  used += n;
  return SUCCESS;
}

int cuMemFree_v2(uint64_t p) {
  std::lock_guard lock(guard);
  const auto found = allocations.find(p);
  if (found == allocations.end()) return INVALID_VALUE;
  used -= found->second;
  allocations.erase(found);
  free(at<void>(p));
  return SUCCESS;
}

int cuMemGetInfo_v2(size_t* free, size_t* total) {
  std::lock_guard lock(guard);
  *free = faults.memory - used;
  *total = faults.memory;
  return SUCCESS;
}

int cuMemHostAlloc(void** p, size_t n, unsigned) {
  *p = aligned_alloc(256, (n + 255) / 256 * 256);
  return *p == nullptr ? OUT_OF_MEMORY : SUCCESS;
}

int cuMemFreeHost(void* p) {
  free(p);
  return SUCCESS;
}

int cuMemcpyHtoD_v2(uint64_t to, const void* from, size_t n) { return done(nullptr, copy(at<void>(to), from, n)); }
int cuMemcpyDtoH_v2(void* to, uint64_t from, size_t n) { return done(nullptr, copy(to, at<void>(from), n)); }
int cuMemcpyHtoDAsync_v2(uint64_t to, const void* from, size_t n, Stream* s) { return done(s, copy(at<void>(to), from, n)); }
int cuMemcpyDtoHAsync_v2(void* to, uint64_t from, size_t n, Stream* s) { return done(s, copy(to, at<void>(from), n)); }
int cuMemcpyDtoDAsync_v2(uint64_t to, uint64_t from, size_t n, Stream* s) { return done(s, copy(at<void>(to), at<void>(from), n)); }

int cuMemsetD32Async(uint64_t p, unsigned v, size_t n, Stream* s) {
  return done(s, [=] {
    for (size_t i = 0; i < n; i++) at<unsigned>(p)[i] = v;
    return SUCCESS;
  });
}

// ---- streams, events, graphs

int cuStreamCreate(Stream** s, unsigned) {
  *s = new Stream;
  return SUCCESS;
}

int cuStreamDestroy_v2(Stream* s) {
  delete s;
  return SUCCESS;
}

int cuStreamSynchronize(Stream* s) {
  if (s != nullptr && s->capture != nullptr) return CAPTURE_UNSUPPORTED;
  return lost ? LAUNCH_FAILED : SUCCESS;
}

int cuStreamBeginCapture_v2(Stream* s, int) {
  if (s == nullptr || s->capture != nullptr) return CAPTURE_INVALIDATED;
  s->capture = new Graph;
  return SUCCESS;
}

int cuStreamEndCapture(Stream* s, Graph** g) {
  if (s->capture == nullptr) return CAPTURE_INVALIDATED;
  *g = s->capture;
  s->capture = nullptr;
  return SUCCESS;
}

int cuGraphInstantiateWithFlags(Graph** executable, Graph* g, unsigned long long) {
  *executable = new Graph(*g);
  return SUCCESS;
}

int cuGraphLaunch(Graph* executable, Stream* s) {
  return done(s, [=]() -> int {
    for (auto& call : executable->calls) {
      if (const int result = call(); result != SUCCESS) return result;
    }
    return SUCCESS;
  });
}

int cuGraphDestroy(Graph* g) {
  delete g;
  return SUCCESS;
}

int cuGraphExecDestroy(Graph* g) {
  delete g;
  return SUCCESS;
}

int cuEventCreate(Event** e, unsigned) {
  *e = new Event;
  return SUCCESS;
}

int cuEventRecord(Event* e, Stream*) {
  e->at = std::chrono::steady_clock::now();
  return SUCCESS;
}

int cuEventSynchronize(Event*) { return SUCCESS; }

int cuEventElapsedTime_v2(float* ms, Event* from, Event* to) {
  *ms = std::chrono::duration<float, std::milli>(to->at - from->at).count();
  return SUCCESS;
}

int cuEventDestroy_v2(Event* e) {
  delete e;
  return SUCCESS;
}

}  // extern "C"
