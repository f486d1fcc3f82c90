package dev.vitrine.xai.perturb;

import java.util.Arrays;

/** Sets of players 0 to M − 1, many of them, a bit for each player. */
public final class Coalitions {
  private final int players;
  private final int words;
  private long[] bits;
  private int count;

  public Coalitions(int players) {
    this.players = players;
    this.words = Math.ceilDiv(Math.max(players, 1), Long.SIZE);
    this.bits = new long[16 * words];
  }

  /** M. */
  public int players() {
    return players;
  }

  /** How many sets there are. */
  public int count() {
    return count;
  }

  /** Appends the empty set and gives its number. */
  public int add() {
    if ((count + 1) * words > bits.length) {
      bits = Arrays.copyOf(bits, Math.multiplyExact(2, bits.length));
    }
    return count++;
  }

  /** Appends a copy of a set of {@code other}. */
  public int add(Coalitions other, int s) {
    int own = add();
    System.arraycopy(other.bits, s * words, bits, own * words, words);
    return own;
  }

  /** Appends the set of all players. */
  public int addAll() {
    int s = add();
    for (int i = 0; i < players; i++) {
      put(s, i);
    }
    return s;
  }

  /** Appends what set {@code s} leaves out. */
  public int addComplement(int s) {
    int other = add();
    for (int i = 0; i < players; i++) {
      if (!has(s, i)) {
        put(other, i);
      }
    }
    return other;
  }

  /** Takes back the last set. */
  public void removeLast() {
    count--;
    Arrays.fill(bits, count * words, (count + 1) * words, 0);
  }

  /** Adds a player to a set. */
  public void put(int s, int player) {
    bits[s * words + (player >> 6)] |= 1L << player;
  }

  /** Whether a player belongs to a set. */
  public boolean has(int s, int player) {
    return (bits[s * words + (player >> 6)] >>> player & 1) != 0;
  }

  /** How many players belong to a set. */
  public int size(int s) {
    int size = 0;
    for (int w = s * words; w < (s + 1) * words; w++) {
      size += Long.bitCount(bits[w]);
    }
    return size;
  }

  /** Whether two sets have the same players. */
  public boolean same(int s, int t) {
    return Arrays.equals(bits, s * words, (s + 1) * words, bits, t * words, (t + 1) * words);
  }

  /** Equal for equal sets. */
  public int hash(int s) {
    long h = 0;
    for (int w = s * words; w < (s + 1) * words; w++) {
      h = (h ^ bits[w]) * 0x9E3779B97F4A7C15L;
      h ^= h >>> 29;
    }
    return (int) (h >>> 32 ^ h);
  }
}
