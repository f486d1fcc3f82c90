package dev.vitrine.tensor.kernel.vector;

import java.util.Arrays;

/** Where the chunks of a dot product end (NUMERICS.md, part 3), in terms that take part. */
final class Cuts {
  static final int CHUNK = 512;

  private int start;
  private int[] ends = new int[16];
  private int count;

  /** No chunk yet; the first one will begin at term {@code first}. */
  void start(int first) {
    start = first;
    count = 0;
  }

  /** The next chunk ends before term {@code end}. */
  void add(int end) {
    if (count == ends.length) {
      ends = Arrays.copyOf(ends, 2 * count);
    }
    ends[count++] = end;
  }

  /** Chunks of 512 out of k; one empty chunk if k is 0, so that an empty sum is +0. */
  void every512(int k) {
    start(0);
    for (int end = CHUNK; end < k; end += CHUNK) {
      add(end);
    }
    add(k);
  }

  int count() {
    return count;
  }

  int from(int chunk) {
    return chunk == 0 ? start : ends[chunk - 1];
  }

  int to(int chunk) {
    return ends[chunk];
  }

  /** Whole runs (taps, output rows) of {@code length} terms that fit in a chunk, at least one. */
  static int runs(int length) {
    return Math.max(1, CHUNK / Math.max(1, length));
  }
}
