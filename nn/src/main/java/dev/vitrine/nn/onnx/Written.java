package dev.vitrine.nn.onnx;

/** Where a value of the tape is in the file, and in which order: as the tape has it, or not. */
record Written(String name, Live.Order order, int channels) {
  static Written plain(String name) {
    return new Written(name, Live.Order.WRITTEN, 0);
  }

  static Written image(String name) {
    return new Written(name, Live.Order.LAST, 0);
  }

  Written with(String other) {
    return new Written(other, order, channels);
  }

  boolean isImage() {
    return order == Live.Order.LAST;
  }
}
