package dev.vitrine.nn.data;

import java.io.IOException;
import java.util.List;

/**
 * Clothes: 60 000 images for training and 10 000 for testing, 28 × 28 grey levels, ten kinds.
 *
 * <p>Xiao, Rasul, Vollgraf: Fashion-MNIST: a novel image dataset for benchmarking machine learning
 * algorithms (2017).
 */
public final class FashionMnist {
  private static final List<String> CLASSES =
      List.of(
          "T-shirt/top",
          "Trouser",
          "Pullover",
          "Dress",
          "Coat",
          "Sandal",
          "Shirt",
          "Sneaker",
          "Bag",
          "Ankle boot");

  private static final String[] MIRRORS = {
    "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/",
    "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/"
  };

  private static final Remote TRAIN_IMAGES =
      file(
          "train-images-idx3-ubyte.gz",
          "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84");
  private static final Remote TRAIN_LABELS =
      file(
          "train-labels-idx1-ubyte.gz",
          "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845");
  private static final Remote TEST_IMAGES =
      file(
          "t10k-images-idx3-ubyte.gz",
          "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073");
  private static final Remote TEST_LABELS =
      file(
          "t10k-labels-idx1-ubyte.gz",
          "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5");

  private FashionMnist() {}

  private static Remote file(String name, String sha256) {
    return Remote.of("fashion-mnist", name, sha256, MIRRORS);
  }

  /** Inputs [n, 28, 28, 1] in 0 to 1, labels [n]; 220 MB of memory. */
  public static Split load(DataDir dir) throws IOException {
    return new Split(
        IdxImages.read(
            "Fashion-MNIST, train", dir.file(TRAIN_IMAGES), dir.file(TRAIN_LABELS), CLASSES),
        IdxImages.read(
            "Fashion-MNIST, test", dir.file(TEST_IMAGES), dir.file(TEST_LABELS), CLASSES));
  }
}
