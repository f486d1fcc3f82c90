package dev.vitrine.nn.data;

import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import java.io.Serializable;
import java.util.List;

/**
 * From cells to numbers and back, as learned from the training rows alone; fits any row that comes
 * later.
 *
 * <p>Numbers are standardised, categories become one-hot blocks whose order does not depend on the
 * order of the rows.
 *
 * @param columns the inputs, in the order of the table
 * @param target the column to be predicted
 * @param classes names of its classes; empty if it holds values
 */
public record Encoding(List<Column> columns, String target, List<String> classes)
    implements Serializable {
  public Encoding {
    columns = List.copyOf(columns);
    classes = List.copyOf(classes);
  }

  /** Learns from the training rows. Columns without any number are categorical. */
  public static Encoding fit(Table train, Roles roles) {
    if (train.rows().isEmpty()) {
      throw new IllegalArgumentException(train.source() + " has no rows to learn from");
    }
    var target = train.index(roles.target());
    if (train.columns().size() < 2) {
      throw new IllegalArgumentException(
          "%s has no column besides \"%s\"; there must be one to predict it from"
              .formatted(train.source(), roles.target()));
    }
    roles.categorical().forEach(train::index);
    var columns =
        train.columns().stream()
            .filter(name -> !name.equals(roles.target()))
            .map(name -> Column.learn(train, name, isCategorical(train, name, roles)))
            .toList();
    if (roles.value()) {
      return new Encoding(columns, roles.target(), List.of());
    }
    var declared = target == train.columns().size() - 1 ? train.classes() : List.<String>of();
    var classes = declared.isEmpty() ? Column.distinct(train, roles.target()) : declared;
    return new Encoding(columns, roles.target(), classes);
  }

  /** Learns from the first {@code train} rows and encodes those and the rest, at least one. */
  public static Split split(Table table, int train, Roles roles) {
    if (train < 1 || train >= table.rows().size()) {
      throw new IllegalArgumentException(
          "%s has %d rows, %d to learn from and at least one to be judged by are needed"
              .formatted(table.source(), table.rows().size(), Math.max(train, 1)));
    }
    var head = table.slice(0, train);
    var encoding = fit(head, roles);
    var source = table.source();
    return new Split(
        encoding.encode(source + ", train", head),
        encoding.encode(source + ", test", table.slice(train, table.rows().size())),
        encoding);
  }

  private static boolean isCategorical(Table table, String name, Roles roles) {
    var index = table.index(name);
    return roles.categorical().contains(name)
        || table.rows().stream().noneMatch(row -> Table.isNumber(row.cells().get(index)));
  }

  /** Names of the inputs: {@code age}, {@code city=Paris}, …. */
  public List<String> features() {
    return columns.stream().flatMap(column -> column.features().stream()).toList();
  }

  /** Inputs [n, f] of any rows; the target column may be missing. */
  public Tensor inputs(Table table) {
    return inputs(table, new Memory(table.source()));
  }

  /** Inputs with targets: labels [n], or values [n, 1]. */
  public Dataset encode(String name, Table table) {
    var memory = new Memory(name);
    var inputs = inputs(table, memory);
    var index = table.index(target);
    var n = table.rows().size();
    if (classes.isEmpty()) {
      var values = memory.floats(Shape.of(n, 1));
      for (var i = 0; i < n; i++) {
        values.put(i, (float) table.number(table.rows().get(i), index));
      }
      return Dataset.valued(name, inputs, values, features());
    }
    var labels = memory.ints(Shape.of(n));
    for (var i = 0; i < n; i++) {
      labels.putInt(i, Column.position(table, table.rows().get(i), target, classes));
    }
    return Dataset.labelled(name, inputs, labels, classes, features());
  }

  private Tensor inputs(Table table, Memory memory) {
    var width = width();
    var n = table.rows().size();
    var x = new float[Math.multiplyExact(n, width)];
    for (var i = 0; i < n; i++) {
      var at = i * width;
      for (var column : columns) {
        column.encode(column.read(table, table.rows().get(i)), x, at);
        at += column.width();
      }
    }
    return memory.floats(Shape.of(n, width), x);
  }

  /** Numbers that a row becomes. */
  public int width() {
    return columns.stream().mapToInt(Column::width).sum();
  }

  /** What a row of values becomes: of each column the number, or the position of its category. */
  public float[] encode(double... values) {
    var x = new float[width()];
    var at = 0;
    for (var j = 0; j < columns.size(); j++) {
      columns.get(j).encode(values[j], x, at);
      at += columns.get(j).width();
    }
    return x;
  }

  /** The values of an encoded row, of which {@link #encode} makes that row again. */
  public double[] decode(float... x) {
    var values = new double[columns.size()];
    var at = 0;
    for (var j = 0; j < values.length; j++) {
      values[j] = columns.get(j).decode(x, at);
      at += columns.get(j).width();
    }
    return values;
  }
}
