package dev.vitrine.tensor.kernel.scalar;

import dev.vitrine.tensor.kernel.Backend;
import dev.vitrine.tensor.kernel.Kernels;
import dev.vitrine.tensor.kernel.Team;
import org.jspecify.annotations.Nullable;

/** Runs everywhere, one element after the other: the specification of all other backends. */
public final class ScalarBackend implements Backend {
  @Override
  public String name() {
    return "scalar";
  }

  @Override
  public int priority() {
    return 0;
  }

  @Override
  public @Nullable String unavailable() {
    return null;
  }

  @Override
  public String description() {
    return "plain loops, the reference";
  }

  @Override
  public boolean threaded() {
    return false;
  }

  @Override
  public Kernels kernels(Team.Member member) {
    return new ScalarKernels();
  }
}
