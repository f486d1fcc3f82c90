package dev.vitrine.tensor.io;

import dev.vitrine.tensor.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Where each tensor lies: {@code
 * {"__metadata__":{…},"w":{"dtype":"F32","shape":[2,3],"data_offsets":[0, 24]},…}}, checked so that
 * the tensors fill the data without gaps and overlaps.
 *
 * <p>{@code length} counts the bytes before the data, {@code dataLength} those after it.
 */
record SafetensorsHeader(
    SequencedMap<String, Place> places,
    SequencedMap<String, String> metadata,
    long length,
    long dataLength) {
  static final String METADATA = "__metadata__";

  /** The limit of the reference implementation. */
  static final long LIMIT = 100_000_000;

  /** One tensor: bytes {@code begin} (inclusive) to {@code end} (exclusive) of the data. */
  record Place(ElementType type, Shape shape, long begin, long end) {}

  static SafetensorsHeader read(String file, FileChannel channel) throws IOException {
    long size = channel.size();
    if (size < Long.BYTES) {
      throw new FormatException(
          file, "the file has %d bytes, expected 8 for the header's length".formatted(size));
    }
    long length = bytes(file, channel, 0, Long.BYTES).getLong();
    long room = Math.min(LIMIT, size - Long.BYTES);
    if (length < 0 || length > room) {
      throw new FormatException(
          file,
          "the header claims %s bytes, expected at most %d: it was cut short or is not safetensors"
              .formatted(Long.toUnsignedString(length), room));
    }
    byte[] json = bytes(file, channel, Long.BYTES, (int) length).array();
    if (json.length == 0 || json[0] != '{') {
      throw new FormatException(file, "the header starts otherwise, expected '{'");
    }
    var text = new HeaderText(file, json, StandardCharsets.UTF_8, false);
    var places = new LinkedHashMap<String, Place>();
    var metadata = new LinkedHashMap<String, String>();
    text.object(name -> {
      if (name.equals(METADATA)) {
        text.object(key -> metadata.put(key, text.string()));
      } else {
        places.put(name, new Fields("%s, tensor \"%s\"".formatted(file, name)).read(text));
      }
    });
    text.end();
    long start = Long.BYTES + length;
    checkNoGaps(file, places, size - start);
    return new SafetensorsHeader(
        Collections.unmodifiableSequencedMap(places),
        Collections.unmodifiableSequencedMap(metadata),
        start,
        size - start);
  }

  private static ByteBuffer bytes(String file, FileChannel channel, long from, int count)
      throws IOException {
    var bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, from + bytes.position()) < 0) {
        throw new FormatException(file, "the file became shorter while it was read");
      }
    }
    return bytes.flip();
  }

  private static void checkNoGaps(String file, SequencedMap<String, Place> places, long data)
      throws FormatException {
    var sorted = new ArrayList<>(places.entrySet());
    sorted.sort(
        Comparator.comparingLong((Map.Entry<String, Place> e) -> e.getValue().begin())
            .thenComparingLong(e -> e.getValue().end()));
    long at = 0;
    for (var e : sorted) {
      if (e.getValue().begin() != at) {
        throw new FormatException(
            file,
            "tensor \"%s\" begins at byte %d of the data, expected %d: no gaps, no overlaps"
                .formatted(e.getKey(), e.getValue().begin(), at));
      }
      at = e.getValue().end();
    }
    if (at != data) {
      throw new FormatException(
          file,
          "the data have %d bytes, expected %d by the header; get the whole file again"
              .formatted(data, at));
    }
  }

  /** What the header has said of one tensor so far. */
  private static final class Fields {
    private final String what;
    private @Nullable ElementType type;
    private long @Nullable [] extents;
    private long @Nullable [] offsets;

    Fields(String what) {
      this.what = what;
    }

    Place read(HeaderText text) throws IOException {
      text.object(name -> field(name, text));
      if (type == null || extents == null || offsets == null || offsets.length != 2) {
        throw new FormatException(
            what, "the header is incomplete, expected dtype, shape and two data_offsets");
      }
      var shape = Elements.shape(what, type, extents);
      long need = Elements.length(type, shape);
      if (offsets[1] < offsets[0] || offsets[1] - offsets[0] != need) {
        throw new FormatException(
            what,
            "the data go from byte %d to %d, expected %d bytes for %s%s"
                .formatted(offsets[0], offsets[1], need, type, shape));
      }
      return new Place(type, shape, offsets[0], offsets[1]);
    }

    private void field(String name, HeaderText text) throws FormatException {
      switch (name) {
        case "dtype" -> type = type(text.string());
        case "shape" -> extents = text.naturals('[', ']');
        case "data_offsets" -> offsets = text.naturals('[', ']');
        default ->
            throw new FormatException(
                what,
                "the header has \"%s\", expected dtype, shape and data_offsets only"
                    .formatted(name));
      }
    }

    private ElementType type(String name) throws FormatException {
      for (var t : ElementType.values()) {
        if (t.name().equals(name)) {
          return t;
        }
      }
      throw new FormatException(
          what,
          "elements of type \"%s\", expected one of %s"
              .formatted(name, Arrays.toString(ElementType.values())));
    }
  }
}
