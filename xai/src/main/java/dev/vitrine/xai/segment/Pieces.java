package dev.vitrine.xai.segment;

import java.util.Arrays;

/**
 * Cuts labelled regions into connected pieces (4 neighbours) of at most {@code most} pixels and
 * joins pieces of fewer than {@code least} with a piece beside them (Achanta et al. 2012, section
 * 3.3).
 *
 * <p>Pieces grow breadth first from their first pixel, row by row. A small one takes the name of
 * the last finished piece that it touched while growing; before anything is finished, that of the
 * next.
 */
final class Pieces {
  private final int height;
  private final int width;
  private final int[] labels;
  private final int[] names;
  private final int[] queue;
  private int filled;

  private Pieces(int height, int width, int[] labels, int most) {
    this.height = height;
    this.width = width;
    this.labels = labels;
    this.names = new int[labels.length];
    Arrays.fill(names, -1);
    this.queue = new int[Math.max(1, most)];
  }

  /** Names from 0 on. */
  static int[] of(int height, int width, int[] labels, int least, int most) {
    var pieces = new Pieces(height, width, labels, most);
    int name = 0;
    for (int i = 0; i < labels.length; i++) {
      if (pieces.names[i] < 0) {
        int beside = pieces.grow(i, name);
        if (pieces.filled < least) {
          pieces.rename(beside);
        } else {
          name++;
        }
      }
    }
    return pieces.names;
  }

  /** Collects a piece in the queue; returns the last other name it met, its own if it met none. */
  private int grow(int first, int name) {
    names[first] = name;
    queue[0] = first;
    filled = 1;
    int beside = name;
    for (int done = 0; done < filled && filled < queue.length; done++) {
      int i = queue[done];
      int column = i % width;
      beside = visit(column < width - 1 ? i + 1 : -1, i, beside);
      beside = visit(column > 0 ? i - 1 : -1, i, beside);
      beside = visit(i + width < height * width ? i + width : -1, i, beside);
      beside = visit(i - width, i, beside);
    }
    return beside;
  }

  /**
   * Takes neighbour j of pixel i if it belongs to the piece; j is negative outside of the image.
   */
  private int visit(int j, int i, int beside) {
    if (j < 0 || filled == queue.length) {
      return beside;
    }
    if (names[j] < 0 && labels[j] == labels[i]) {
      names[j] = names[i];
      queue[filled++] = j;
      return beside;
    }
    return names[j] >= 0 && names[j] != names[i] ? names[j] : beside;
  }

  private void rename(int name) {
    for (int k = 0; k < filled; k++) {
      names[queue[k]] = name;
    }
  }
}
