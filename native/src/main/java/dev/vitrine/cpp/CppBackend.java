package dev.vitrine.cpp;

import dev.vitrine.tensor.kernel.Backend;
import dev.vitrine.tensor.kernel.Kernels;
import dev.vitrine.tensor.kernel.Team;
import org.jspecify.annotations.Nullable;

/**
 * C++ kernels for AVX2 with FMA and for AVX-512; {@code -Dvitrine.isa=avx2} keeps to the former.
 *
 * <p>Nothing here touches {@link Native} before {@link #unavailable} has tried to load it.
 */
public final class CppBackend implements Backend {
  @Override
  public String name() {
    return "cpp";
  }

  @Override
  public int priority() {
    return 20;
  }

  @Override
  public @Nullable String unavailable() {
    return Library.REASON;
  }

  @Override
  public String description() {
    return unavailable() == null ? "C++ kernels, " + Library.ISA : "C++ kernels";
  }

  @Override
  public boolean threaded() {
    return true;
  }

  @Override
  public Kernels kernels(Team.Member member) {
    if (unavailable() != null) {
      throw new IllegalStateException("backend cpp can't be used: " + unavailable());
    }
    return new CppKernels(member);
  }
}
