// libnvrtc.so.13 whose compiler is g++: a module becomes a shared library with an entry for each kernel.
//
// EMULATOR_HOME: where cuda.h lies; EMULATOR_WORK: where modules are kept, under a hash of what they were made of.
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <functional>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace {

constexpr int COMPILATION = 6;  // NVRTC_ERROR_COMPILATION

struct Program {
  std::string source, name;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string image, log;
};

std::string folder(const char* variable) {
  const char* value = getenv(variable);
  return value == nullptr ? "." : value;
}

void write(const std::string& file, const std::string& text) { std::ofstream(file) << text; }

std::string read(const std::string& file) {
  std::stringstream all;
  all << std::ifstream(file).rdbuf();
  return all.str();
}

// The names behind `__global__ void` and its attributes.
std::vector<std::string> kernels(const std::string& source) {
  static const std::regex pattern(R"(__global__\s+void\s+(?:__launch_bounds__\([^)]*\)\s+)?(\w+)\s*\()");
  std::vector<std::string> names;
  for (std::sregex_iterator i(source.begin(), source.end(), pattern), end; i != end; ++i) names.push_back((*i)[1]);
  return names;
}

// `source` with its headers in place of their first includes: they have names, but no files.
std::string joined(const Program& p, const std::string& source, std::set<std::string>& seen) {
  static const std::regex include(R"(#include "([^"]+)\")");
  std::string all;
  auto rest = source.begin();
  for (std::sregex_iterator i(source.begin(), source.end(), include), end; i != end; ++i) {
    all.append(rest, source.begin() + i->position());
    rest = source.begin() + i->position() + i->length();
    const std::string name = (*i)[1];
    for (const auto& [header, text] : p.headers) {
      if (header == name && seen.insert(name).second) all += joined(p, text, seen);
    }
  }
  return all.append(rest, source.end());
}

}  // namespace

extern "C" {

int nvrtcVersion(int* major, int* minor) {
  *major = 13;
  *minor = 0;
  return 0;
}

const char* nvrtcGetErrorString(int e) { return e == 0 ? "NVRTC_SUCCESS" : e == COMPILATION ? "NVRTC_ERROR_COMPILATION" : "NVRTC_ERROR"; }

int nvrtcCreateProgram(Program** p, const char* source, const char* name, int n, const char* const* headers, const char* const* names) {
  *p = new Program{source, name, {}, {}, {}};
  for (int i = 0; i < n; i++) (*p)->headers.emplace_back(names[i], headers[i]);
  return 0;
}

int nvrtcDestroyProgram(Program** p) {
  delete *p;
  *p = nullptr;
  return 0;
}

int nvrtcCompileProgram(Program* p, int n, const char* const* options) {
  std::set<std::string> seen;
  std::string source = joined(*p, p->source, seen), flags = folder("EMULATOR_FLAGS");
  if (flags == ".") flags = "-O2";
  for (int i = 0; i < n; i++) {
    if (strncmp(options[i], "-D", 2) == 0) flags += std::string(" '") + options[i] + "'";
  }
  // a barrier of any kind ends in one of these
  const bool waits = source.find("__sync") != std::string::npos || source.find("_sync(") != std::string::npos;
  if (!waits) flags += " -DEMULATOR_WAITS=0";
  source = "#include \"cuda.h\"\n#line 1 \"" + p->name + "\"\n" + source + "\n#include \"launch.h\"\n";
  for (const auto& k : kernels(source)) source += "EMULATOR_KERNEL(" + k + ")\n";

  char hash[20];
  snprintf(hash, sizeof(hash), "%016zx", std::hash<std::string>{}(source + flags));
  const std::string base = folder("EMULATOR_WORK") + "/" + p->name + "-" + hash;
  const std::string library = base + ".so", own = base + "." + std::to_string(getpid());
  p->image = "EMULATED:" + library;
  if (access(library.c_str(), R_OK) == 0) return 0;
  write(own + ".cpp", source);
  // LD_PRELOAD: a sanitizer is for the kernels, not for their compiler
  const std::string command = "env -u LD_PRELOAD g++ -std=c++20 -mavx2 -mfma -ffp-contract=off -w -pthread -shared -fPIC " + flags + " -I" + folder("EMULATOR_HOME") +
                              " " + own + ".cpp -o " + own + ".so 2>" + own + ".log";
  const int failed = system(command.c_str());
  p->log = read(own + ".log");
  unlink((own + ".cpp").c_str());
  unlink((own + ".log").c_str());
  if (failed) return COMPILATION;
  rename((own + ".so").c_str(), library.c_str());
  return 0;
}

int nvrtcGetProgramLogSize(Program* p, size_t* n) {
  *n = p->log.size() + 1;
  return 0;
}

int nvrtcGetProgramLog(Program* p, char* log) {
  memcpy(log, p->log.c_str(), p->log.size() + 1);
  return 0;
}

int nvrtcGetCUBINSize(Program* p, size_t* n) {
  *n = p->image.size() + 1;
  return 0;
}

int nvrtcGetCUBIN(Program* p, char* image) {
  memcpy(image, p->image.c_str(), p->image.size() + 1);
  return 0;
}

}  // extern "C"
