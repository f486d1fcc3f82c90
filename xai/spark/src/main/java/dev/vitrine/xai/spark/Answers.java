package dev.vitrine.xai.spark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Provenance;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The columns of an explained row: those that came in but for the features, then
 *
 * <ul>
 *   <li>{@code attribution}: row-major, {@code target}: the class, {@code output}: the explained
 *       number;
 *   <li>{@code gap}, {@code steps}, {@code converged}, {@code error}: {@link
 *       Attribution.Convergence}, where completeness is promised;
 *   <li>{@code standard_error}: of each attribution, where the method samples and was asked for it;
 *   <li>{@code figures}: what else the method reports, and the metrics;
 *   <li>{@code provenance}: JSON, how to get the same bits again;
 *   <li>{@code reason}: why there is no answer; else null.
 * </ul>
 */
final class Answers implements Serializable {
  private static final long serialVersionUID = 1;

  private static final List<String> NAMES =
      List.of(
          "attribution",
          "target",
          "output",
          "gap",
          "steps",
          "converged",
          "error",
          "standard_error",
          "figures",
          "provenance",
          "reason");

  private static final List<DataType> TYPES =
      List.of(
          DataTypes.createArrayType(DataTypes.FloatType, false),
          DataTypes.IntegerType,
          DataTypes.FloatType,
          DataTypes.FloatType,
          DataTypes.IntegerType,
          DataTypes.BooleanType,
          DataTypes.FloatType,
          DataTypes.createArrayType(DataTypes.FloatType, false),
          DataTypes.createMapType(DataTypes.StringType, DataTypes.DoubleType, false),
          DataTypes.StringType,
          DataTypes.StringType);

  private final StructType in;
  private final StructType schema;
  private final int[] kept;

  /** Refuses columns that have the name of an answer. */
  Answers(StructType in, List<String> features) {
    this.in = in;
    List<StructField> fields = Arrays.asList(in.fields());
    for (StructField f : fields) {
      if (NAMES.contains(f.name()) && !features.contains(f.name())) {
        throw new IllegalArgumentException(
            "column \"%s\" has the name of an answer; give it another one".formatted(f.name()));
      }
    }
    kept =
        IntStream.range(0, fields.size())
            .filter(i -> !features.contains(fields.get(i).name()))
            .toArray();
    var all = new ArrayList<StructField>();
    Arrays.stream(kept).mapToObj(fields::get).forEach(all::add);
    for (int i = 0; i < NAMES.size(); i++) {
      all.add(DataTypes.createStructField(NAMES.get(i), TYPES.get(i), true));
    }
    schema = DataTypes.createStructType(all);
  }

  StructType in() {
    return in;
  }

  StructType schema() {
    return schema;
  }

  /** What stays of a row that came in. */
  @Nullable Object[] kept(Row row) {
    return Arrays.stream(kept).mapToObj(row::get).toArray();
  }

  /** A row that can't be explained. */
  Row bad(@Nullable Object[] kept, String reason) {
    @Nullable Object[] all = Arrays.copyOf(kept, kept.length + NAMES.size());
    all[all.length - 1] = reason;
    return RowFactory.create(all);
  }

  /** Row {@code i} of an attribution. */
  Row good(
      @Nullable Object[] kept, Attribution a, int i, Map<String, double[]> metrics, String about) {
    @Nullable Object[] all = Arrays.copyOf(kept, kept.length + NAMES.size());
    int at = kept.length;
    all[at] = a.row(i).toFloats();
    all[at + 1] = a.classes()[i];
    all[at + 2] = a.outputs()[i];
    var c = a.convergence();
    if (c != null) {
      float @Nullable [] error = c.error();
      all[at + 3] = c.gap()[i];
      all[at + 4] = c.steps()[i];
      all[at + 5] = c.converged()[i];
      all[at + 6] = error == null ? null : error[i];
    }
    var e = a.standardError();
    if (e != null) {
      all[at + 7] = e.rows(i, i + 1).toFloats();
    }
    Map<String, Double> figures = new TreeMap<>();
    metrics.forEach((name, values) -> figures.put(name, values[i]));
    a.figures().forEach((name, values) -> figures.put(name, (double) values[i]));
    all[at + 8] = figures.isEmpty() ? null : CollectionConverters.asScala(figures);
    all[at + 9] = about;
    return RowFactory.create(all);
  }

  /** What is the same on every machine: without the backend, and without the batch's first row. */
  static String about(Provenance p) {
    Map<String, String> settings = new TreeMap<>(p.settings());
    settings.remove("first row");
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("method", p.method());
    json.put("settings", settings);
    json.put("target", p.target());
    json.put("model", p.model());
    try {
      return new ObjectMapper().writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
