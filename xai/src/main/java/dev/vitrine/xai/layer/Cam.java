package dev.vitrine.xai.layer;

import dev.vitrine.autodiff.Var;
import dev.vitrine.tensor.kernel.Interpolation;
import dev.vitrine.xai.Expression;
import dev.vitrine.xai.Place;
import dev.vitrine.xai.Recording;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A class activation map: the channels A_c [n, h, w, c] of a layer, weighted and added up to one
 * image [n, h, w, 1].
 *
 * @param layer a layer of images, usually the last one
 * @param weighting how channels are weighted
 * @param relu true: only what speaks for the class
 * @param upsampled how the map is stretched to the size of the input; null = it is not
 */
public record Cam(Place layer, Weighting weighting, boolean relu, @Nullable Interpolation upsampled)
    implements Expression {
  /** The added 10⁻⁷ that keeps GradCAM++'s α finite. */
  private static final float SMALL = 1e-7f;

  /** The map from the activations A and the gradients g = ∂f/∂A, both [n, h, w, c]. */
  public enum Weighting {
    /** w_c = mean of g_c (Selvaraju et al. 2017, eq. 1 and 2). */
    GRAD_CAM("GradCAM") {
      @Override
      Var map(Var a, Var g) {
        return a.mul(g.mean(1, 2)).sumLast();
      }
    },
    /** w_c = Σ α·relu(g), α = g²/(2g² + ΣA·g³) (Chattopadhay et al. 2018, eq. 19 with exp(f)). */
    GRAD_CAM_PLUS_PLUS("GradCAM++") {
      @Override
      Var map(Var a, Var g) {
        return a.mul(weights(a, g)).sumLast();
      }

      @Override
      Var weights(Var a, Var g) {
        Var square = g.square();
        Var below = square.scale(2).add(a.sum(1, 2).mul(square.mul(g))).shift(SMALL);
        return square.div(below).mul(g.relu()).sum(1, 2);
      }
    },
    /** Each element by its own relu(g) (Jiang et al. 2021, eq. 5). */
    LAYER_CAM("LayerCAM") {
      @Override
      Var map(Var a, Var g) {
        return a.mul(g.relu()).sumLast();
      }
    };

    private final String title;

    Weighting(String title) {
      this.title = title;
    }

    abstract Var map(Var a, Var g);

    Var weights(Var a, Var g) {
      return g.mean(1, 2);
    }
  }

  public static Cam gradCam(Place layer) {
    return new Cam(layer, Weighting.GRAD_CAM, true, null);
  }

  public static Cam gradCamPlusPlus(Place layer) {
    return new Cam(layer, Weighting.GRAD_CAM_PLUS_PLUS, true, null);
  }

  public static Cam layerCam(Place layer) {
    return new Cam(layer, Weighting.LAYER_CAM, true, null);
  }

  /** With what speaks against the class. */
  public Cam signed() {
    return new Cam(layer, weighting, false, upsampled);
  }

  /** In the size of the input. */
  public Cam upsampled(Interpolation mode) {
    return new Cam(layer, weighting, relu, mode);
  }

  @Override
  public String name() {
    return weighting.title;
  }

  @Override
  public Map<String, String> settings() {
    Map<String, String> s = new LinkedHashMap<>();
    s.put("layer", layer.toString());
    s.put("relu", String.valueOf(relu));
    s.put("upsampled", String.valueOf(upsampled));
    return s;
  }

  /** What each channel is weighted by, [n, 1, 1, c]; LayerCAM has no such weights. */
  public Var weights(Recording r) {
    return weighting.weights(images(r, layer), r.gradient(layer));
  }

  @Override
  public Var on(Recording r) {
    Var a = images(r, layer);
    Var map = weighting.map(a, r.gradient(layer));
    return upsampled(relu ? map.relu() : map, r, upsampled);
  }

  static Var images(Recording r, Place layer) {
    Var a = r.at(layer);
    if (a.shape().rank() != 4 || r.x().shape().rank() != 4) {
      throw new IllegalArgumentException(
          "layer %s gives %s: a map needs images [n, h, w, c]".formatted(layer, a.shape()));
    }
    return a;
  }

  static Var upsampled(Var map, Recording r, @Nullable Interpolation mode) {
    return mode == null ? map : map.interpolate(mode, r.x().shape().dim(1), r.x().shape().dim(2));
  }
}
