package dev.vitrine.nn.data;

/**
 * How a CSV file (RFC 4180) is written: what its first line says, and what stands between two
 * cells.
 */
public record Csv(FirstLine firstLine, char delimiter) {

  /** What the first line of a file says. */
  public enum FirstLine {
    /** The names of the columns. */
    NAMES,
    /** Nothing special: it is a row; the columns are called x0, x1, …. */
    ROW,
    /**
     * As scikit-learn's files: number of rows, number of inputs, names of the classes. The columns
     * are x0, x1, … and, last, class, a number that picks a class name.
     */
    COUNTS_AND_CLASSES
  }

  public static Csv named() {
    return new Csv(FirstLine.NAMES, ',');
  }

  public static Csv unnamed() {
    return new Csv(FirstLine.ROW, ',');
  }

  public static Csv scikitLearn() {
    return new Csv(FirstLine.COUNTS_AND_CLASSES, ',');
  }

  /** The same with another delimiter, such as {@code ';'} or a tab. */
  public Csv delimitedBy(char other) {
    return new Csv(firstLine, other);
  }
}
