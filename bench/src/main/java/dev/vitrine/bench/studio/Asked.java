package dev.vitrine.bench.studio;

import com.fasterxml.jackson.databind.JsonNode;
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

  /** The row that is asked about as models see it, [1, …]. */
  Tensor x() {
    Columns columns = showcase.columns();
    return Tensor.of(showcase.row(), columns == null ? pixels() : encoded(columns));
  }

  private float[] pixels() {
    float[] values = floats("x", Math.toIntExact(showcase.row().size()));
    for (int i = 0; i < values.length; i++) {
      if (!(values[i] >= 0 && values[i] <= 1)) { // NaN isn't
        throw new IllegalArgumentException(
            "x: element %d is %s; pixels lie between 0 and 1".formatted(i, values[i]));
      }
    }
    return values;
  }

  private float[] encoded(Columns columns) {
    int count = columns.all().size();
    JsonNode row = json.path("x");
    if (!row.isArray() || row.size() != count) {
      throw new IllegalArgumentException(
          "x must be an array of %d numbers, one per column; %s was given"
              .formatted(count, shown(row)));
    }
    double[] values = new double[count];
    for (int j = 0; j < count; j++) {
      Columns.Shown c = columns.all().get(j);
      int categories = c.categories().size();
      JsonNode v = row.get(j);
      values[j] = v.doubleValue();
      boolean one = Math.rint(values[j]) == values[j] && values[j] >= 0 && values[j] < categories;
      if (!v.isNumber() || !c.isNumber() && !one) {
        throw new IllegalArgumentException(
            "x: %s is %s; %s"
                .formatted(
                    c.name(),
                    shown(v),
                    c.isNumber()
                        ? "it must be a number"
                        : "it must be the number of a category, 0 to " + (categories - 1)));
      }
    }
    float[] x = columns.encoding().encode(values);
    for (int j = 0; j < count; j++) {
      float seen = x[showcase.starts()[j]];
      if (!(Math.abs(seen) <= LARGEST)) {
        throw new IllegalArgumentException(
            "x: %s is %s, which a model would see as %s; it must lie within ±1 000 000"
                .formatted(columns.all().get(j).name(), values[j], seen));
      }
    }
    return x;
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
