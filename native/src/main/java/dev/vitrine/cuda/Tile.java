package dev.vitrine.cuda;

import java.util.Locale;

/**
 * What a block makes of a product (product.h): large ones read less, small ones fill the device.
 */
enum Tile {
  LARGE(128, 256),
  MEDIUM(64, 256),
  SMALL(32, 64);

  private final int side;
  private final int threads;

  Tile(int side, int threads) {
    this.side = side;
    this.threads = threads;
  }

  /** The largest up to {@code most} that makes as many blocks as wanted, or a small one. */
  static Tile of(Tile most, long wanted, long rows, long columns, long products) {
    for (Tile t : values()) {
      boolean fits = columns > t.side / 2 && rows > t.side / 2;
      if (t.compareTo(most) >= 0 && fits && t.blocks(rows, columns) * products >= wanted) {
        return t;
      }
    }
    return SMALL;
  }

  /** How many cover a result. */
  long blocks(long rows, long columns) {
    return down(rows) * down(columns);
  }

  /** How many cover so many rows or columns. */
  long down(long extent) {
    return Math.ceilDiv(extent, side);
  }

  int threads() {
    return threads;
  }

  /** The kernel's name with this one's. */
  String of(String kernel) {
    return kernel + "_" + name().toLowerCase(Locale.ROOT);
  }
}
