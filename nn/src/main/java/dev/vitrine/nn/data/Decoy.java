package dev.vitrine.nn.data;

import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.RandomStream;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;

/**
 * x[i, square] = (255 − 25·c)/255: a square of 4 × 4 pixels in a random corner of each image, whose
 * grey level gives the class c away, or that of a class drawn at random (the decoy MNIST of Ross,
 * Hughes and Doshi-Velez, Right for the Right Reasons, IJCAI 2017).
 *
 * <p>A model that learns from the square instead of the digit is right as long as the square tells
 * the truth. Corner and random class of image i depend on (seed, i) alone.
 */
public final class Decoy {
  /** Height and width of the square. */
  public static final int SIDE = 4;

  private static final int CORNERS = 4;

  /** As many as there are grey levels; the last one is still not black. */
  private static final int MOST_CLASSES = 10;

  private Decoy() {}

  /** A copy with squares that tell the class. */
  public static Dataset telling(Dataset images, long seed) {
    return planted(images, images.name() + ", decoy tells", seed, true);
  }

  /** A copy with squares in the same places that tell nothing. */
  public static Dataset random(Dataset images, long seed) {
    return planted(images, images.name() + ", decoy at random", seed, false);
  }

  /** 1 wherever a square may be, else 0, in the shape [h, w, c] of an image. */
  public static Tensor mask(Dataset images) {
    refuseUnfit(images);
    var image = images.inputs().shape().with(0, 1);
    var mask = Tensor.of(image, new float[Math.toIntExact(image.size())]);
    for (var corner = 0; corner < CORNERS; corner++) {
      paint(mask, 0, corner, 1);
    }
    return mask.reshape(image.without(0));
  }

  private static Dataset planted(Dataset images, String name, long seed, boolean telling) {
    refuseUnfit(images);
    var memory = new Memory(name);
    var x = memory.floats(images.inputs().shape()).set(images.inputs());
    var y = memory.ints(images.targets().shape()).set(images.targets());
    for (var i = 0; i < images.size(); i++) {
      var random = new RandomStream(seed, Streams.DECOYS, i);
      var corner = random.below(CORNERS);
      var any = random.below(images.classes().size());
      paint(x, i, corner, grey(telling ? images.label(i) : any));
    }
    return Dataset.labelled(name, x, y, images.classes());
  }

  private static float grey(int label) {
    return (255 - 25 * label) / 255f;
  }

  private static void paint(Tensor x, int image, int corner, float value) {
    Shape s = x.shape();
    int height = s.dim(1);
    int width = s.dim(2);
    int channels = s.dim(3);
    var top = corner / 2 * (height - SIDE);
    var left = corner % 2 * (width - SIDE);
    for (var row = top; row < top + SIDE; row++) {
      var first = (((long) image * height + row) * width + left) * channels;
      for (var p = 0; p < SIDE * channels; p++) {
        x.put(first + p, value);
      }
    }
  }

  private static void refuseUnfit(Dataset images) {
    Shape s = images.inputs().shape();
    if (s.rank() != 4 || s.dim(1) < 2 * SIDE || s.dim(2) < 2 * SIDE) {
      throw new IllegalArgumentException(
          "%s has rows of shape %s; a decoy needs images of at least %d × %d pixels"
              .formatted(images.name(), s.without(0), 2 * SIDE, 2 * SIDE));
    }
    var classes = images.classes().size();
    if (classes == 0 || classes > MOST_CLASSES) {
      throw new IllegalArgumentException(
          "%s has %d classes; a decoy has grey levels for 1 to %d"
              .formatted(images.name(), classes, MOST_CLASSES));
    }
  }
}
