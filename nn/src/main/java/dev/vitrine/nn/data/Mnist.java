package dev.vitrine.nn.data;

import java.io.IOException;

/**
 * Handwritten digits: 60 000 for training and 10 000 for testing, 28 × 28 grey levels.
 *
 * <p>LeCun, Cortes, Burges: The MNIST database of handwritten digits (1998).
 */
public final class Mnist {
  private static final String[] MIRRORS = {
    "https://ossci-datasets.s3.amazonaws.com/mnist/",
    "https://storage.googleapis.com/cvdf-datasets/mnist/"
  };

  private static final Remote TRAIN_IMAGES =
      file(
          "train-images-idx3-ubyte.gz",
          "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609");
  private static final Remote TRAIN_LABELS =
      file(
          "train-labels-idx1-ubyte.gz",
          "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c");
  private static final Remote TEST_IMAGES =
      file(
          "t10k-images-idx3-ubyte.gz",
          "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6");
  private static final Remote TEST_LABELS =
      file(
          "t10k-labels-idx1-ubyte.gz",
          "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6");

  private Mnist() {}

  private static Remote file(String name, String sha256) {
    return Remote.of("mnist", name, sha256, MIRRORS);
  }

  /** Inputs [n, 28, 28, 1] in 0 to 1, labels [n]; 220 MB of memory. */
  public static Split load(DataDir dir) throws IOException {
    return new Split(
        IdxImages.read(
            "MNIST, train", dir.file(TRAIN_IMAGES), dir.file(TRAIN_LABELS), GreyImages.DIGITS),
        IdxImages.read(
            "MNIST, test", dir.file(TEST_IMAGES), dir.file(TEST_LABELS), GreyImages.DIGITS));
  }
}
