package dev.vitrine.bench.conformance;

import dev.vitrine.tensor.Shape;
import dev.vitrine.xai.embed.Affinities;
import dev.vitrine.xai.embed.Divergence;
import dev.vitrine.xai.embed.Pca;
import dev.vitrine.xai.embed.Points;
import java.io.IOException;

/** Components, and a place on the way of t-SNE. */
final class EmbedCases {
  private EmbedCases() {}

  static Points points(Numbers matrix) {
    return new Points(matrix.shape().dim(0), matrix.shape().dim(1), matrix.values());
  }

  static void pca(Trial trial) throws IOException {
    int components = trial.golden().args().integer("n_components");
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

  static void tsne(Trial trial) throws IOException {
    double perplexity = trial.golden().args().number("perplexity");
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
