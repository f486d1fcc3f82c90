package dev.vitrine.bench.run;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.io.AtomicFile;
import dev.vitrine.tensor.io.Npy;
import dev.vitrine.xai.Attribution;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** How the attributions of a shard are written. */
public enum ShardFormat {
  /** float32 [n, …]. */
  NPY,
  /**
   * A line per row: its number, which output was explained, and the shortest decimals that are the
   * same float32 when they are read.
   */
  CSV;

  /** As the command line says it. */
  public static ShardFormat named(String name) {
    for (ShardFormat f : values()) {
      if (f.toString().equals(name)) {
        return f;
      }
    }
    throw new IllegalArgumentException("--format %s: it is npy or csv".formatted(name));
  }

  /**
   * Writes attributions of rows from {@code first} on.
   *
   * @param features names of the columns; empty if they have none
   */
  void write(Path file, int first, List<String> features, Attribution a) throws IOException {
    switch (this) {
      case NPY -> Npy.write(file, a.values());
      case CSV ->
          AtomicFile.write(
              file,
              out -> {
                Tensor values = a.values();
                int width = Math.toIntExact(values.size() / values.shape().dim(0));
                out.write(head(features, width).getBytes(StandardCharsets.UTF_8));
                var line = new StringBuilder();
                for (int i = 0; i < a.classes().length; i++) {
                  line.setLength(0);
                  line.append(first + i).append(',').append(a.classes()[i]);
                  for (int j = 0; j < width; j++) {
                    line.append(',').append(values.at((long) i * width + j));
                  }
                  out.write(line.append('\n').toString().getBytes(StandardCharsets.US_ASCII));
                }
              });
    }
  }

  private static String head(List<String> features, int width) {
    var head = new StringBuilder("row,target");
    for (int j = 0; j < width; j++) {
      // a layer's or an image's values have no names
      String name = features.size() == width ? features.get(j) : "x" + j;
      head.append(",\"").append(name.replace("\"", "\"\"")).append('"');
    }
    return head.append('\n').toString();
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
