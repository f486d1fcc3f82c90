package dev.vitrine.xai.segment;

import java.util.Arrays;

/** The k-means of {@link Slic}: which centre owns a pixel, and where centres are. */
final class SlicMeans {
  /** Row, column and three channels. */
  private static final int FEATURES = 5;

  private final Pixels colour;
  private final Seeds seeds;
  private final double[][] centres;
  private final int[] owners;
  private final double[] distances;

  SlicMeans(Pixels colour, Seeds seeds) {
    this.colour = colour;
    this.seeds = seeds;
    this.centres = new double[seeds.count()][FEATURES];
    for (int k = 0; k < centres.length; k++) {
      centres[k][0] = seeds.row(k);
      centres[k][1] = seeds.column(k);
    }
    this.owners = new int[colour.count()];
    Arrays.fill(owners, -1);
    this.distances = new double[colour.count()];
  }

  int count() {
    return centres.length;
  }

  int[] owners() {
    return owners;
  }

  /** Gives each pixel to its nearest centre; false if all stay where they are. */
  boolean assign() {
    int[] before = owners.clone();
    Arrays.fill(distances, Double.POSITIVE_INFINITY);
    for (int k = 0; k < centres.length; k++) {
      claim(k);
    }
    return !Arrays.equals(before, owners);
  }

  private void claim(int k) {
    double[] centre = centres[k];
    double perPixel = 1.0 / (seeds.step() * seeds.step());
    int down = 2 * seeds.rows().step();
    int right = 2 * seeds.columns().step();
    int bottom = (int) Math.min(centre[0] + down + 1, colour.height());
    int end = (int) Math.min(centre[1] + right + 1, colour.width());
    for (int row = (int) Math.max(centre[0] - down, 0); row < bottom; row++) {
      for (int column = (int) Math.max(centre[1] - right, 0); column < end; column++) {
        int i = row * colour.width() + column;
        double dy = centre[0] - row;
        double dx = centre[1] - column;
        double d = (dy * dy + dx * dx) * perPixel + squaredDistance(i, centre);
        if (d < distances[i]) {
          distances[i] = d;
          owners[i] = k;
        }
      }
    }
  }

  private double squaredDistance(int i, double[] centre) {
    double[] v = colour.values();
    double a = v[3 * i] - centre[2];
    double b = v[3 * i + 1] - centre[3];
    double c = v[3 * i + 2] - centre[4];
    return a * a + b * b + c * c;
  }

  /** Moves each centre to the mean of its pixels; one that lost them all stays. */
  void update() {
    double[][] sums = new double[centres.length][FEATURES];
    int[] sizes = new int[centres.length];
    for (int i = 0; i < owners.length; i++) {
      double[] sum = sums[owners[i]];
      sizes[owners[i]]++;
      sum[0] += i / colour.width();
      sum[1] += i % colour.width();
      for (int c = 0; c < 3; c++) {
        sum[2 + c] += colour.values()[3 * i + c];
      }
    }
    for (int k = 0; k < centres.length; k++) {
      for (int f = 0; f < FEATURES && sizes[k] > 0; f++) {
        centres[k][f] = sums[k][f] / sizes[k];
      }
    }
  }
}
