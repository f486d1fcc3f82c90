package dev.vitrine.xai.spark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Provenance;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.CollectionConverters;

/** A column that an explained row gets, of which a batch has all values at once. */
enum Answer {
  /** Row-major. */
  ATTRIBUTION(Of.LIST, Of.attribution(a -> a.values().toFloats())),
  /** The explained class. */
  TARGET(DataTypes.IntegerType, Of.attribution(Attribution::classes)),
  /** The explained number. */
  OUTPUT(DataTypes.FloatType, Of.attribution(Attribution::outputs)),
  /** These four where completeness is promised. */
  GAP(DataTypes.FloatType, Of.convergence(Attribution.Convergence::gap)),
  STEPS(DataTypes.IntegerType, Of.convergence(Attribution.Convergence::steps)),
  CONVERGED(DataTypes.BooleanType, Of.convergence(Attribution.Convergence::converged)),
  ERROR(DataTypes.FloatType, Of.convergence(Attribution.Convergence::error)),
  /** Of each attribution, where the method samples and was asked for it. */
  STANDARD_ERROR(Of.LIST, Of.attribution(a -> floats(a.standardError()))),
  /** What else the method reports, and the metrics. */
  FIGURES(
      DataTypes.createMapType(DataTypes.StringType, DataTypes.DoubleType, false),
      some -> some.figures().isEmpty() ? null : some.figures()),
  /** JSON, how to get the same bits again. */
  PROVENANCE(DataTypes.StringType, Of.attribution(a -> about(a.provenance()))),
  /** Why there is no answer. */
  REASON(DataTypes.StringType, Of::reasons);

  private final DataType type;
  private final Function<Answered, @Nullable Object> values;

  Answer(DataType type, Function<Answered, @Nullable Object> values) {
    this.type = type;
    this.values = values;
  }

  /** How a column is read from a batch; null if the batch has nothing in it. */
  private static final class Of {
    static final DataType LIST = DataTypes.createArrayType(DataTypes.FloatType, false);

    static Function<Answered, @Nullable Object> attribution(
        Function<Attribution, @Nullable Object> values) {
      return some -> some.answer() == null ? null : values.apply(some.answer());
    }

    static Function<Answered, @Nullable Object> convergence(
        Function<Attribution.Convergence, @Nullable Object> values) {
      return attribution(a -> a.convergence() == null ? null : values.apply(a.convergence()));
    }

    static String @Nullable [] reasons(Answered some) {
      return some.answer() == null ? some.reasons().toArray(String[]::new) : null;
    }
  }

  StructField field() {
    return DataTypes.createStructField(name().toLowerCase(Locale.ROOT), type, true);
  }

  /**
   * All values of a batch: float[], int[], boolean[] or String[], as many for each row as for the
   * others; SortedMap&lt;String, double[]&gt;; a String that all rows share; null if the batch has
   * nothing here.
   */
  @Nullable Object of(Answered some) {
    return values.apply(some);
  }

  /** The value of row {@code i} of {@code n}. */
  @Nullable Object cell(@Nullable Object all, int i, int n) {
    return switch (all) {
      case float[] v when type instanceof ArrayType -> {
        int width = v.length / n;
        yield Arrays.copyOfRange(v, width * i, width * (i + 1));
      }
      case float[] v -> v[i];
      case int[] v -> v[i];
      case boolean[] v -> v[i];
      case String[] v -> v[i];
      case SortedMap<?, ?> v -> {
        Map<Object, Object> own = new TreeMap<>();
        v.forEach((name, values) -> own.put(name, ((double[]) values)[i]));
        yield CollectionConverters.asScala(own);
      }
      case null, default -> all;
    };
  }

  private static float @Nullable [] floats(@Nullable Tensor t) {
    return t == null ? null : t.toFloats();
  }

  /** What is the same on every machine: without the backend, and without the batch's first row. */
  private static String about(Provenance p) {
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
