package dev.vitrine.bench.studio;

/** One thing that the page can ask for: what it gives becomes JSON. */
@FunctionalInterface
interface Answer {
  /** Refuses bad questions with one sentence, as an {@link IllegalArgumentException}. */
  Object to(Asked asked);
}
