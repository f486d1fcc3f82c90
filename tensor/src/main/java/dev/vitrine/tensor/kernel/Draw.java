package dev.vitrine.tensor.kernel;

/** What a random fill draws. */
public enum Draw {
  /** Uniform in [0, 1): 24 random bits over 2²⁴. */
  UNIFORM,
  /** Standard normal by Box and Muller from two uniforms. */
  NORMAL,
  /** 1/(1−p) with probability 1−p, else 0: the mask of dropout. */
  KEEP
}
