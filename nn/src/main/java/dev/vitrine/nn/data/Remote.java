package dev.vitrine.nn.data;

import java.net.URI;
import java.util.List;

/**
 * A file that the world keeps for us.
 *
 * @param path where it lies below a data folder, as in {@code mnist/train-labels-idx1-ubyte.gz}
 * @param sha256 checksum in hexadecimal
 * @param addresses where to fetch it, tried in this order
 */
record Remote(String path, String sha256, List<URI> addresses) {

  /** The file {@code folder/name}, at each of these mirrors (which end in a slash). */
  static Remote of(String folder, String name, String sha256, String... mirrors) {
    var addresses = List.of(mirrors).stream().map(mirror -> URI.create(mirror + name)).toList();
    return new Remote(folder + "/" + name, sha256, addresses);
  }
}
