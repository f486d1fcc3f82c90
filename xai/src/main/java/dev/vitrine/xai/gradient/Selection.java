package dev.vitrine.xai.gradient;

/** The k-th smallest of some numbers without sorting them all (Hoare, Algorithm 65, 1961). */
final class Selection {
  private Selection() {}

  /** The element that would stand at {@code k} if v were sorted; v is reordered. */
  static float smallest(float[] v, int k) {
    int low = 0;
    int high = v.length - 1;
    while (low < high) {
      float pivot = v[(low + high) >>> 1];
      int i = low;
      int j = high;
      while (i <= j) {
        while (v[i] < pivot) {
          i++;
        }
        while (v[j] > pivot) {
          j--;
        }
        if (i <= j) {
          float t = v[i];
          v[i++] = v[j];
          v[j--] = t;
        }
      }
      if (k <= j) {
        high = j;
      } else if (k >= i) {
        low = i;
      } else {
        return v[k];
      }
    }
    return v[k];
  }
}
