package dev.vitrine.nn.onnx;

import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.io.FormatException;
import org.jspecify.annotations.Nullable;

/**
 * What a node was told besides its inputs: a number, some numbers, a word or an array.
 *
 * @param value numbers; null for a word, and for kinds that no known operator has
 */
record Attribute(String name, @Nullable Known value, String text) {
  static Attribute read(Wire w) throws FormatException {
    String name = "";
    String text = "";
    @Nullable Known value = null;
    var wholes = new Longs();
    var reals = new Floats();
    while (w.next()) {
      switch (w.field()) {
        case 1 -> name = w.text();
        case 2 -> value = new Known.Real(Shape.SCALAR, new float[] {w.real()});
        case 3 -> value = new Known.Whole(Shape.SCALAR, new long[] {w.whole()});
        case 4 -> text = w.text();
        case 5 -> value = Literal.read(w.message(), "constant").value();
        case 7 -> w.reals(reals);
        case 8 -> w.wholes(wholes);
        default -> {}
      }
    }
    if (wholes.size() > 0) {
      value = Known.Whole.of(wholes.toArray());
    } else if (reals.size() > 0) {
      value = new Known.Real(Shape.of(reals.size()), reals.toArray());
    }
    return new Attribute(name, value, text);
  }
}
