#include <cstdlib>
#include "kernels.h"
namespace ISA {
#define MISSING(name) __attribute__((weak)) void name(const Header*) { abort(); }
KERNELS(MISSING)
}
