package dev.vitrine.bench.studio;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * What the page asks: an object whose fields are checked as they are read.
 *
 * @param json the object
 * @param showcase what can be asked about
 */
record Asked(JsonNode json, Showcase showcase) {
  /** Beyond this a column of a table is a mistake, and sums over it lose their meaning. */
  private static final float LARGEST = 1e6f;

  Asked {
    if (!json.isObject()) {
      throw new IllegalArgumentException("the body must be a JSON object");
    }
  }

  /** The model that {@code model} numbers. */
  Exhibit exhibit() {
    int last = showcase.exhibits().size() - 1;
    return showcase.exhibits().get(number("model", 0, last));
  }

  /** A whole number within limits, both included. */
  int number(String name, int least, int most) {
    JsonNode n = json.path(name);
    if (!n.isInt() || n.intValue() < least || n.intValue() > most) {
      throw new IllegalArgumentException(
          "%s must be a whole number from %d to %d; %s was given"
              .formatted(name, least, most, shown(n)));
    }
    return n.intValue();
  }

  /** The same, or nothing where there is none. */
  @Nullable Integer optional(String name, int least, int most) {
    return json.path(name).isNull() || !json.has(name) ? null : number(name, least, most);
  }

  /** Whether something is wanted; nothing is no. */
  boolean flag(String name) {
    JsonNode n = json.path(name);
    if (!n.isMissingNode() && !n.isBoolean()) {
      throw new IllegalArgumentException(
          "%s must be true or false; %s was given".formatted(name, shown(n)));
    }
    return n.booleanValue();
  }

  /** A word, or nothing where there is none. */
  @Nullable String word(String name) {
    JsonNode n = json.path(name);
    if (n.isMissingNode() || n.isNull()) {
      return null;
    }
    if (!n.isTextual()) {
      throw new IllegalArgumentException(
          "%s must be a string; %s was given".formatted(name, shown(n)));
    }
    return n.textValue();
  }

  /** The row that is asked about, [1, …]: pixels from 0 to 1, or finite columns. */
  Tensor x() {
    Shape shape = showcase.row();
    boolean images = showcase.images();
    float[] values = floats("x", Math.toIntExact(shape.size()));
    for (int i = 0; i < values.length; i++) {
      boolean fits =
          images ? values[i] >= 0 && values[i] <= 1 : Math.abs(values[i]) <= LARGEST; // NaN doesn't
      if (!fits) {
        throw new IllegalArgumentException(
            "x: element %d is %s; %s"
                .formatted(
                    i,
                    values[i],
                    images ? "pixels lie between 0 and 1" : "columns lie within ±1 000 000"));
      }
    }
    return Tensor.of(shape, values);
  }

  /** So many numbers. */
  float[] floats(String name, int count) {
    String text = word(name);
    if (text == null) {
      throw new IllegalArgumentException(
          "%s is missing: base64 of %d float32 numbers".formatted(name, count));
    }
    float[] values = Floats.decoded(name, text);
    if (values.length != count) {
      throw new IllegalArgumentException(
          "%s has %d numbers, %d are needed for rows of shape %s"
              .formatted(name, values.length, count, showcase.row().without(0)));
    }
    return values;
  }

  private static String shown(JsonNode n) {
    String text = n.isMissingNode() ? "nothing" : n.toString();
    return text.length() <= 40 ? text : text.substring(0, 40) + "…";
  }
}
