package dev.vitrine.nn.data;

import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import java.util.List;

/** x[i, row, column, 0] = grey / 255: bytes become a data set of images, one after the other. */
final class GreyImages {
  /** The classes of every set of handwritten digits. */
  static final List<String> DIGITS = List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");

  private final String name;
  private final List<String> classes;
  private final Tensor inputs;
  private final Tensor labels;
  private final int pixels;

  GreyImages(String name, int count, int height, int width, List<String> classes) {
    var memory = new Memory(name);
    this.name = name;
    this.classes = classes;
    inputs = memory.floats(Shape.of(count, height, width, 1));
    labels = memory.ints(Shape.of(count));
    pixels = height * width;
  }

  /** Image i takes the {@code height × width} bytes from {@code offset} on, each 0 to 255. */
  void put(int i, byte[] grey, int offset, int label) {
    var first = (long) i * pixels;
    for (var p = 0; p < pixels; p++) {
      inputs.put(first + p, (grey[offset + p] & 0xFF) / 255f);
    }
    labels.putInt(i, label);
  }

  Dataset dataset() {
    return Dataset.labelled(name, inputs, labels, classes);
  }
}
