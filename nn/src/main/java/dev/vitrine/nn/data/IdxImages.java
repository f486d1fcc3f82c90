package dev.vitrine.nn.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Two IDX files, images [n, h, w] and labels [n], as a data set. */
final class IdxImages {
  private IdxImages() {}

  static Dataset read(String name, Path imageFile, Path labelFile, List<String> classes)
      throws IOException {
    var labels = Idx.read(labelFile, 1);
    var images = Idx.read(imageFile, 3);
    var n = images.dim(0);
    if (n != labels.dim(0)) {
      throw new IOException(
          "%s holds %d images, %s %d labels; they do not belong together: fetch both again"
              .formatted(imageFile, n, labelFile, labels.dim(0)));
    }
    var grey = new GreyImages(name, n, images.dim(1), images.dim(2), classes);
    var pixels = images.dim(1) * images.dim(2);
    for (var i = 0; i < n; i++) {
      var label = labels.values()[i] & 0xFF;
      if (label >= classes.size()) {
        throw new IllegalArgumentException(
            "%s, row %d: label %d, expected 0 to %d; fetch the file again"
                .formatted(labelFile, i, label, classes.size() - 1));
      }
      grey.put(i, images.values(), i * pixels, label);
    }
    return grey.dataset();
  }
}
