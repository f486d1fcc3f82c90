package dev.vitrine.xai.chart;

/**
 * Rows in an order in which neighbours are alike: the leaves of a tree of clusters by complete
 * linkage, d(A, B) = max ‖a − b‖ over a in A and b in B, each pair joined at the ends that are
 * nearest to each other (Gruvaeus and Wainer 1972). The tree is built along chains of nearest
 * neighbours (Murtagh 1983), in n² steps.
 */
final class LeafOrder {
  /** The distances of so many rows take 70 MB. */
  static final int MOST = 3000;

  private LeafOrder() {}

  /** What is not a number has no say in a distance. */
  static int[] of(double[][] rows) {
    int n = rows.length;
    if (n > MOST) {
      throw new IllegalArgumentException(
          "%d rows to be ordered by similarity: at most %d are; take some, or order them by output"
              .formatted(n, MOST));
    }
    float[][] d = distances(rows);
    float[][] link = new float[n][];
    int[][] leaves = new int[n][];
    for (int i = 0; i < n; i++) {
      link[i] = d[i].clone();
      leaves[i] = new int[] {i};
    }
    boolean[] gone = new boolean[n];
    int[] chain = new int[n];
    int length = 0;
    int first = 0;
    for (int left = n; left > 1; ) {
      if (length == 0) {
        while (gone[first]) {
          first++;
        }
        chain[length++] = first;
      }
      int a = chain[length - 1];
      // Of equal ones that before it, so that a chain ends.
      int before = length > 1 ? chain[length - 2] : -1;
      int b = nearest(link[a], gone, a, before);
      if (b != before) {
        chain[length++] = b;
        continue;
      }
      length -= 2;
      int kept = Math.min(a, b);
      int dropped = Math.max(a, b);
      leaves[kept] = joined(leaves[kept], leaves[dropped], d);
      gone[dropped] = true;
      for (int c = 0; c < n; c++) {
        link[kept][c] = Math.max(link[kept][c], link[dropped][c]);
        link[c][kept] = link[kept][c];
      }
      left--;
    }
    return leaves[0];
  }

  private static int nearest(float[] link, boolean[] gone, int self, int before) {
    int nearest = before;
    for (int c = 0; c < link.length; c++) {
      boolean closer = nearest < 0 || link[c] < link[nearest];
      nearest = c != self && !gone[c] && closer ? c : nearest;
    }
    return nearest;
  }

  private static int[] joined(int[] a, int[] b, float[][] d) {
    float[] row = d[a[0]];
    float[] last = d[a[a.length - 1]];
    float[] ends = {last[b[0]], last[b[b.length - 1]], row[b[0]], row[b[b.length - 1]]};
    int best = 0;
    for (int k = 1; k < ends.length; k++) {
      best = ends[k] < ends[best] ? k : best;
    }
    int[] all = new int[a.length + b.length];
    boolean turnA = best >= 2;
    boolean turnB = best % 2 == 1;
    for (int i = 0; i < a.length; i++) {
      all[i] = a[turnA ? a.length - 1 - i : i];
    }
    for (int i = 0; i < b.length; i++) {
      all[a.length + i] = b[turnB ? b.length - 1 - i : i];
    }
    return all;
  }

  private static float[][] distances(double[][] rows) {
    float[][] d = new float[rows.length][rows.length];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < i; j++) {
        double sum = 0;
        for (int k = 0; k < rows[i].length; k++) {
          double difference = rows[i][k] - rows[j][k];
          sum += Double.isFinite(difference) ? difference * difference : 0;
        }
        d[i][j] = (float) Math.sqrt(sum);
        d[j][i] = d[i][j];
      }
    }
    return d;
  }
}
