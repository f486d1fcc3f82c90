package dev.vitrine.xai.lime;

import dev.vitrine.xai.perturb.Coalitions;
import dev.vitrine.xai.perturb.Game;

/** How far a sample, of which some features are known, is from the row. */
public enum Distance {
  /** 1 − cosine of the mask and all ones: 1 − √(k/M) with k of M features known. */
  MASK_COSINE {
    @Override
    public double of(Game game, int row, Coalitions known, int s) {
      return 1 - Math.sqrt((double) known.size(s) / known.players());
    }
  },
  /** 1 − cosine of the row and the sample, as Captum. */
  INPUT_COSINE {
    @Override
    public double of(Game game, int row, Coalitions known, int s) {
      float[] x = game.x(row);
      float[] other = game.background(row).rows()[0];
      double dot = 0;
      double own = 0;
      double changed = 0;
      for (int e = 0; e < x.length; e++) {
        double v = known.has(s, game.features(row).of()[e]) ? x[e] : other[e];
        dot += x[e] * v;
        own += (double) x[e] * x[e];
        changed += v * v;
      }
      double norms = Math.sqrt(own) * Math.sqrt(changed);
      return norms == 0 ? 1 : 1 - dot / norms;
    }
  },
  /** The Euclidean distance of the row and the sample, as Captum. */
  INPUT_EUCLIDEAN {
    @Override
    public double of(Game game, int row, Coalitions known, int s) {
      float[] x = game.x(row);
      float[] other = game.background(row).rows()[0];
      double sum = 0;
      for (int e = 0; e < x.length; e++) {
        double d = known.has(s, game.features(row).of()[e]) ? 0 : (double) x[e] - other[e];
        sum += d * d;
      }
      return Math.sqrt(sum);
    }
  };

  /** Of set {@code s} of what is known of a row. */
  public abstract double of(Game game, int row, Coalitions known, int s);
}
