package dev.vitrine.nn.data;

import static java.util.stream.Collectors.joining;

import dev.vitrine.tensor.io.CacheFolder;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where data files lie: the folders that are searched, in order, and the one that downloads go to.
 *
 * <p>Such a folder has one folder per data set: {@code mnist/train-images-idx3-ubyte.gz}, {@code
 * digits/digits.csv.gz}, {@code tabular/iris.csv} …. An unpacked file ({@code
 * train-images-idx3-ubyte}) serves as well.
 */
public final class DataDir {
  /** The environment variable that names a data folder. */
  public static final String VARIABLE = "VITRINE_DATA";

  private final List<Path> folders;
  private final @Nullable Path cache;

  DataDir(List<Path> folders, @Nullable Path cache) {
    this.folders = List.copyOf(folders);
    this.cache = cache;
  }

  /** This folder alone; nothing is ever downloaded. */
  public static DataDir of(Path folder) {
    return new DataDir(List.of(folder), null);
  }

  /**
   * The folder that {@value #VARIABLE} names, if it is set, then {@code ~/.cache/vitrine/data}.
   * Public data sets that neither has are downloaded to the second.
   */
  public static DataDir standard() {
    return standard(System.getenv(VARIABLE), CacheFolder.of("data"));
  }

  static DataDir standard(@Nullable String named, Path cache) {
    var folders = new ArrayList<Path>();
    if (named != null && !named.isBlank()) {
      folders.add(Path.of(named));
    }
    folders.add(cache);
    return new DataDir(folders, cache);
  }

  /** A file below one of the folders, such as {@code tabular/iris.csv}. */
  public Path file(String path) throws IOException {
    return find(path).orElseThrow(() -> new IOException(missing(path)));
  }

  /** The same file; if no folder has it, it is downloaded. */
  Path file(Remote remote) throws IOException {
    var found = find(remote.path());
    if (found.isPresent()) {
      return found.get();
    }
    if (cache == null) {
      throw new IOException(missing(remote.path()));
    }
    var file = cache.resolve(remote.path());
    try {
      Download.fetch(remote, file);
    } catch (IOException e) {
      throw new IOException(
          "%s; it could not be downloaded either (%s)"
              .formatted(missing(remote.path()), e.getMessage()),
          e);
    }
    return file;
  }

  private Optional<Path> find(String path) {
    var unpacked = path.endsWith(".gz") ? path.substring(0, path.length() - 3) : path;
    return folders.stream()
        .flatMap(folder -> List.of(folder.resolve(path), folder.resolve(unpacked)).stream())
        .filter(Files::isRegularFile)
        .findFirst();
  }

  private String missing(String path) {
    var looked = folders.stream().map(Path::toString).collect(joining(" or "));
    return "%s was not found in %s: put it there, or let %s name a folder that has it"
        .formatted(path, looked, VARIABLE);
  }

  @Override
  public String toString() {
    return folders.stream().map(Path::toString).collect(joining(File.pathSeparator));
  }
}
