package dev.vitrine.xai.perturb;

import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Explainer;
import dev.vitrine.xai.OverBaselines;
import dev.vitrine.xai.Question;
import dev.vitrine.xai.gradient.IntegratedGradients;
import dev.vitrine.xai.segment.Felzenszwalb;
import dev.vitrine.xai.segment.Segments;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Regions of an image in the order of how much attribution they hold per pixel: each pixel gets the
 * mean attribution of the region that first covered it (Kapishnikov, Bolukbasi, Viégas and Terry
 * 2019, XRAI, algorithm 1). The regions are Felzenszwalb's segments at several scales, widened by
 * {@code dilation} pixels; a region that overlaps what is covered counts with the rest of it alone.
 *
 * @param attribution what the regions are judged by; theirs: integrated gradients from black and
 *     from white
 * @param scales of the segments
 * @param dilation widening, in pixels
 * @param least pixels of a region that still counts
 */
public record Xrai(Explainer attribution, List<Double> scales, int dilation, int least)
    implements Explainer {
  /** As its authors' program, for images with values from 0 to 1. */
  public Xrai() {
    this(
        OverBaselines.each(new IntegratedGradients(), 0, 1),
        List.of(50.0, 100.0, 150.0, 250.0, 500.0, 1200.0),
        5,
        20);
  }

  @Override
  public String name() {
    return "XRAI";
  }

  @Override
  public Map<String, String> settings() {
    var settings = new LinkedHashMap<String, String>();
    settings.put("attribution", attribution.name() + " " + attribution.settings());
    settings.put("scales", scales.stream().map(String::valueOf).collect(Collectors.joining(", ")));
    settings.put("dilation", String.valueOf(dilation));
    settings.put("least", String.valueOf(least));
    return settings;
  }

  @Override
  public Attribution explain(Question q) {
    Shape s = q.x().shape();
    if (s.rank() != 4) {
      throw new IllegalArgumentException(
          "XRAI of input %s: images [n, h, w, c] are needed".formatted(s));
    }
    Attribution by = attribution.explain(q);
    float[] a = by.values().toFloats();
    int pixels = s.dim(1) * s.dim(2);
    Tensor values = new Memory("xrai").floats(s);
    for (int r = 0; r < q.size(); r++) {
      double[] map = new double[pixels];
      for (int e = 0; e < pixels * s.dim(3); e++) {
        map[e / s.dim(3)] += a[r * pixels * s.dim(3) + e];
      }
      Tensor row = q.x().rows(r, r + 1);
      double[] shown = regions(map, candidates(row.reshape(s.without(0))));
      for (int e = 0; e < pixels * s.dim(3); e++) {
        values.put((long) r * pixels * s.dim(3) + e, (float) shown[e / s.dim(3)]);
      }
    }
    return q.answer(this, values, by.outputs(), null, null);
  }

  private List<BitSet> candidates(Tensor image) {
    var all = new ArrayList<BitSet>();
    for (double scale : scales) {
      Segments s = new Felzenszwalb(scale, 0.8, least).segment(image);
      var regions = new BitSet[s.count()];
      Arrays.setAll(regions, k -> new BitSet());
      for (int p = 0; p < s.labels().length; p++) {
        regions[s.labels()[p]].set(p);
      }
      for (BitSet region : regions) {
        all.add(dilated(region, s.height(), s.width()));
      }
    }
    return all;
  }

  /** With the pixels at most {@code dilation} away in both directions together. */
  private BitSet dilated(BitSet region, int height, int width) {
    BitSet wide = (BitSet) region.clone();
    for (int step = 0; step < dilation; step++) {
      BitSet before = (BitSet) wide.clone();
      before.stream()
          .forEach(p -> {
            int x = p % width;
            wide.set(p - (x > 0 ? 1 : 0));
            wide.set(p + (x < width - 1 ? 1 : 0));
            wide.set(p - (p >= width ? width : 0));
            wide.set(p + (p < (height - 1) * width ? width : 0));
          });
    }
    return wide;
  }

  /**
   * Greedily the region whose uncovered pixels have the largest mean; pixels in none get theirs.
   */
  private double[] regions(double[] map, List<BitSet> candidates) {
    double[] shown = map.clone();
    var covered = new BitSet();
    var left = new ArrayList<>(candidates);
    while (!left.isEmpty() && covered.cardinality() < map.length) {
      int open = map.length - covered.cardinality();
      int best = -1;
      double highest = Double.NEGATIVE_INFINITY;
      for (int k = left.size() - 1; k >= 0; k--) {
        left.get(k).andNot(covered);
        double mean = left.get(k).stream().mapToDouble(p -> map[p]).average().orElse(Double.NaN);
        boolean counts = left.get(k).cardinality() >= Math.min(least, open);
        if (counts && mean >= highest) {
          highest = mean;
          best = k;
        }
      }
      if (best < 0) {
        return shown;
      }
      BitSet region = left.remove(best);
      for (int p = region.nextSetBit(0); p >= 0; p = region.nextSetBit(p + 1)) {
        shown[p] = highest;
      }
      covered.or(region);
    }
    return shown;
  }
}
