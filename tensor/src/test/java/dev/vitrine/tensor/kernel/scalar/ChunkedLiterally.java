package dev.vitrine.tensor.kernel.scalar;

import java.util.ArrayList;
import java.util.List;

/**
 * Part 3 of the numerical contract, restated with lists: terms are put into the chunk that they
 * belong to, then every chunk becomes one fma chain and the chunks are added in order.
 */
final class ChunkedLiterally {
  private record Chunk(int key, int piece, List<float[]> terms) {}

  private final int runLength;
  private final int runsPerChunk;
  private final List<Chunk> chunks = new ArrayList<>();

  /** Runs (taps, output rows) of {@code runLength} terms each. */
  ChunkedLiterally(int runLength) {
    this.runLength = runLength;
    this.runsPerChunk = Math.max(1, 512 / runLength);
  }

  /** Term {@code place} of run number {@code run}: a·b. Calls come in ascending order. */
  void take(int run, int place, float a, float b) {
    int key = run / runsPerChunk;
    int piece = runLength > 512 ? place / 512 : 0;
    if (chunks.isEmpty() || chunks.getLast().key != key || chunks.getLast().piece != piece) {
      chunks.add(new Chunk(key, piece, new ArrayList<>()));
    }
    chunks.getLast().terms.add(new float[] {a, b});
  }

  float result() {
    if (chunks.isEmpty()) {
      return 0;
    }
    float total = chain(chunks.getFirst());
    for (Chunk c : chunks.subList(1, chunks.size())) {
      total = total + chain(c);
    }
    return total;
  }

  private static float chain(Chunk c) {
    float s = 0;
    for (float[] t : c.terms) {
      s = Math.fma(t[0], t[1], s);
    }
    return s;
  }
}
