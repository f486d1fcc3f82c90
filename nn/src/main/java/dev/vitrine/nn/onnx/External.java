package dev.vitrine.nn.onnx;

import dev.vitrine.tensor.io.FormatException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of an array that lie in a file beside the model; a name that leads elsewhere is
 * refused.
 */
final class External {
  private final Map<String, String> entries = new HashMap<>();

  /** Reads one more entry: location, offset or length. */
  void read(Wire w) throws FormatException {
    String key = "";
    String value = "";
    while (w.next()) {
      switch (w.field()) {
        case 1 -> key = w.text();
        case 2 -> value = w.text();
        default -> {}
      }
    }
    entries.put(key, value);
  }

  /**
   * The bytes where they lie, mapped until the arena ends; {@code title} names the array in errors.
   */
  MemorySegment bytes(Wire w, String title, Arena mapped) throws FormatException {
    String location = entries.getOrDefault("location", "");
    Path file = beside(Path.of(w.file()), location);
    if (file == null || !Files.isRegularFile(file)) {
      throw w.error(
          "%s lies in \"%s\", which is no file in the same folder; bring it there, or save the model as one file"
              .formatted(title, location));
    }
    try (var channel = FileChannel.open(file)) {
      long offset = number(w, title, "offset", 0);
      long length = number(w, title, "length", channel.size() - offset);
      if (offset > channel.size() || length < 0 || length > channel.size() - offset) {
        throw w.error(
            "%s takes %d bytes from byte %d of \"%s\", which has %d; get the whole file again"
                .formatted(title, length, offset, location, channel.size()));
      }
      return channel.map(MapMode.READ_ONLY, offset, length, mapped);
    } catch (FormatException e) {
      throw e;
    } catch (IOException e) {
      throw w.error("%s: %s cannot be read: %s".formatted(title, file, e.getMessage()));
    }
  }

  private static @Nullable Path beside(Path model, String location) {
    try {
      Path name = Path.of(location);
      boolean plain = !location.isEmpty() && !name.isAbsolute() && name.getNameCount() == 1;
      return plain && !location.equals("..") ? model.resolveSibling(name) : null;
    } catch (InvalidPathException e) {
      return null;
    }
  }

  private long number(Wire w, String title, String key, long otherwise) throws FormatException {
    String text = entries.get(key);
    try {
      long v = text == null ? otherwise : Long.parseLong(text);
      if (v >= 0) {
        return v;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw w.error("%s: its %s is \"%s\", a number is needed".formatted(title, key, text));
  }
}
