package dev.vitrine.xai.segment;

import java.util.HashMap;

/**
 * Each pixel of an image belongs to exactly one segment: pixel (row, column) to {@code labels[row ·
 * width + column]}.
 *
 * <p>Segments are numbered from 0 to count − 1 in the order in which reading row by row meets them;
 * none is empty.
 *
 * @param labels [height · width], not to be changed
 */
public record Segments(int height, int width, int[] labels, int count) {

  public Segments {
    if (labels.length != height * width) {
      throw new IllegalArgumentException(
          "%d labels given, an image of %d × %d pixels needs %d"
              .formatted(labels.length, height, width, height * width));
    }
    int seen = 0;
    for (int label : labels) {
      if (label < 0 || label > seen) {
        throw new IllegalArgumentException(
            "label %d comes before label %d; Segments.of numbers any labels anew"
                .formatted(label, seen));
      }
      seen = Math.max(seen, label + 1);
    }
    if (seen != count) {
      throw new IllegalArgumentException(count + " segments announced, the labels name " + seen);
    }
  }

  /** From any marks, row by row, that say which pixels belong together. */
  public static Segments of(int height, int width, int[] marks) {
    var numbers = new HashMap<Integer, Integer>();
    int[] labels = new int[marks.length];
    for (int i = 0; i < marks.length; i++) {
      Integer next = numbers.size();
      Integer known = numbers.putIfAbsent(marks[i], next);
      labels[i] = known == null ? next : known;
    }
    return new Segments(height, width, labels, numbers.size());
  }

  /** The segment of a pixel. */
  public int at(int row, int column) {
    return labels[row * width + column];
  }

  /** The number of pixels of each segment. */
  public int[] sizes() {
    int[] sizes = new int[count];
    for (int label : labels) {
      sizes[label]++;
    }
    return sizes;
  }
}
