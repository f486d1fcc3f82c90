package dev.vitrine.tensor.kernel;

import org.jspecify.annotations.Nullable;

/** One way to compute: found by {@link java.util.ServiceLoader}, chosen by {@link Device}. */
public interface Backend {
  /** Short and lower case: {@code scalar}, {@code vector}, {@code cpp}, {@code cuda}. */
  String name();

  /** The highest one that is available serves. */
  int priority();

  /** Why it can't be used here, as a sentence with the way out; null = it can. Never throws. */
  @Nullable String unavailable();

  /** What exactly would compute, for people: lanes, instruction set, device name. */
  String description();

  /** True if {@link #kernels} splits its work among the members of a {@link Team}. */
  boolean threaded();

  /** True if its kernels work on copies of the tensors, in a memory of their own. */
  default boolean remote() {
    return false;
  }

  /** Bytes that one of its threads has at hand: programs that touch no more run faster. */
  default long cache() {
    return 2 << 20;
  }

  /** The kernels as {@code member} of a team runs them. */
  Kernels kernels(Team.Member member);
}
