package dev.vitrine.bench.conformance;

import dev.vitrine.tensor.Shape;
import dev.vitrine.xai.embed.Affinities;
import dev.vitrine.xai.embed.Divergence;
import dev.vitrine.xai.embed.Pca;
import dev.vitrine.xai.embed.Points;
import java.io.IOException;
import java.util.Set;

/** What scikit-learn computes: components, a place on the way of t-SNE, metrics of models. */
final class SklearnGroup implements Group {
  @Override
  public String name() {
    return "sklearn";
  }

  @Override
  public Set<String> methods() {
    return Set.of("PCA", "TSNE", "Scores");
  }

  @Override
  public String precision(String method) {
    return "float64";
  }

  @Override
  public void run(Trial trial) throws IOException {
    GoldenCase golden = trial.golden();
    switch (golden.method()) {
      case "PCA" -> pca(trial, golden.args().integer("n_components"));
      case "TSNE" -> tsne(trial, golden.args().number("perplexity"));
      default -> ScoreCases.run(trial);
    }
  }

  static Points points(Numbers matrix) {
    return new Points(matrix.shape().dim(0), matrix.shape().dim(1), matrix.values());
  }

  private static void pca(Trial trial, int components) throws IOException {
    Points x = points(trial.golden().input("X"));
    Pca pca = Pca.of(x, components);
    Points scores = pca.project(x);
    trial.put("mean", vector(pca.mean()));
    trial.put("abs_components", matrix(magnitudes(pca.components())));
    trial.put("explained_variance", vector(pca.variance()));
    trial.put("explained_variance_ratio", vector(pca.ratio()));
    trial.put("abs_transformed", matrix(magnitudes(scores)));
    trial.put("reconstruction", matrix(pca.reconstruct(scores)));
  }

  private static void tsne(Trial trial, double perplexity) throws IOException {
    Affinities p = Affinities.exact(points(trial.golden().input("X")), perplexity);
    Divergence d = Divergence.of(p, points(trial.golden().input("Y1")), 0);
    trial.put("joint_probabilities", matrix(p.dense()));
    trial.put("kl_at_Y1", Numbers.of(Shape.of(), d.value()));
    trial.put("gradient_at_Y1", matrix(d.gradient()));
  }

  private static Numbers vector(double[] values) {
    return Numbers.of(Shape.of(values.length), values);
  }

  private static Numbers matrix(Points p) {
    return Numbers.of(Shape.of(p.count(), p.dimension()), p.values());
  }

  private static Points magnitudes(Points p) {
    double[] all = p.values().clone();
    for (int i = 0; i < all.length; i++) {
      all[i] = Math.abs(all[i]);
    }
    return new Points(p.count(), p.dimension(), all);
  }
}
