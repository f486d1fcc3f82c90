package dev.vitrine.xai;

/**
 * Changed copies of the rows of a question. They are written one by one into a batch, so however
 * many there are, few are in memory at once.
 */
public interface Copies {
  /** How many there are. */
  int count();

  /** The row that copy {@code c} is of. */
  int row(int c);

  /** Writes copy {@code c} to {@code into} from {@code at} on. */
  void write(int c, float[] into, int at);
}
