package dev.vitrine.bench.conformance;

import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What scikit-learn computes of tables, predictors and predictions. */
final class SklearnGroup implements Group {
  /** How the results of a method come about. */
  @FunctionalInterface
  interface Method {
    void run(Trial trial) throws IOException;
  }

  /** Computed on the host in binary64. */
  private static final Map<String, Method> HOST =
      Map.of("PCA", EmbedCases::pca, "TSNE", EmbedCases::tsne, "Scores", ScoreCases::run);

  /** Computed from what a network says in binary32. */
  private static final Map<String, Method> OF_NETWORKS =
      Map.of(
          "PartialDependence", GlobalCases::dependence,
          "PermutationImportance", GlobalCases::importance);

  @Override
  public String name() {
    return "sklearn";
  }

  @Override
  public Set<String> methods() {
    return Stream.of(HOST, OF_NETWORKS)
        .flatMap(m -> m.keySet().stream())
        .collect(Collectors.toSet());
  }

  @Override
  public String precision(String method) {
    return HOST.containsKey(method) ? "float64" : Group.super.precision(method);
  }

  @Override
  public void run(Trial trial) throws IOException {
    String name = trial.golden().method();
    Method method = HOST.containsKey(name) ? HOST.get(name) : OF_NETWORKS.get(name);
    Objects.requireNonNull(method).run(trial);
  }
}
