/** The C++ backend: kernels for AVX2 and AVX-512 in one library, bound with JavaCPP. */
@NullMarked
package dev.vitrine.cpp;

import org.jspecify.annotations.NullMarked;
