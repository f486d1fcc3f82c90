package dev.vitrine.cuda;

/**
 * How a product is dealt out: a block for each tile, and where even small tiles are fewer than
 * multiprocessors, for each chunk of k (NUMERICS.md, part 3) of each tile. No bit depends on it.
 *
 * @param chunks whose sums wait in {@link Gpu#scratch} to be joined; 1: a tile's block takes all
 */
record Blocks(Tile tile, int chunks) {
  private static final int CHUNK = 512;

  /**
   * For so many products of rows × columns.
   *
   * @param most the largest tile
   * @param k the runs of k and their length
   */
  static Blocks of(Gpu gpu, Tile most, long rows, long columns, long products, Runs k) {
    long wanted = gpu.multiprocessors();
    Tile whole = Tile.of(most, wanted, rows, columns, products);
    long chunks = k.chunks();
    boolean fits = Float.BYTES * rows * columns * products * chunks <= Gpu.SCRATCH;
    return whole.blocks(rows, columns) * products >= wanted || chunks < 2 || !fits
        ? new Blocks(whole, 1)
        : new Blocks(Tile.of(most, wanted, rows, columns, products * chunks), (int) chunks);
  }

  boolean split() {
    return chunks > 1;
  }

  /**
   * k as runs of neighbours: taps and channels, rows and pixels, or one run.
   *
   * @param length of each, in terms
   */
  record Runs(long count, long length) {
    /** How many chunks: of whole runs, or pieces of runs that are longer. */
    long chunks() {
      if (length == 0) {
        return 0;
      }
      return length < CHUNK
          ? Math.ceilDiv(count, CHUNK / length)
          : count * Math.ceilDiv(length, CHUNK);
    }
  }
}
