package dev.vitrine.tensor.io;

import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SequencedMap;

/** What {@link SafetensorsHeader} reads, written: compact JSON behind its own length. */
final class SafetensorsText {
  /** So the first tensor starts at a cache line of the mapped file. */
  private static final int ALIGNMENT = (int) Memory.ALIGNMENT;

  private SafetensorsText() {}

  /** The header of a file with these tensors, padded so that the data begin at a multiple of 64. */
  static byte[] bytes(SequencedMap<String, Tensor> tensors, SequencedMap<String, String> metadata) {
    var json = new StringBuilder("{");
    if (!metadata.isEmpty()) {
      quote(SafetensorsHeader.METADATA, json).append(":{");
      metadata.forEach((k, v) -> quote(v, quote(k, json).append(':')).append(','));
      json.setCharAt(json.length() - 1, '}');
    }
    long at = 0;
    for (var e : tensors.entrySet()) {
      if (e.getKey().equals(SafetensorsHeader.METADATA)) {
        throw new IllegalArgumentException(
            "no tensor can be called "
                + SafetensorsHeader.METADATA
                + ", the metadata are; rename it");
      }
      var x = e.getValue();
      var type =
          switch (x.dtype()) {
            case FLOAT32 -> ElementType.F32;
            case INT32 -> ElementType.I32;
          };
      long end = at + Elements.length(type, x.shape());
      quote(e.getKey(), json.length() == 1 ? json : json.append(','))
          .append(":{\"dtype\":\"" + type)
          .append("\",\"shape\":" + x.shape().toString().replace(" ", ""))
          .append(",\"data_offsets\":[" + at + "," + end + "]}");
      at = end;
    }
    return framed(json.append('}'));
  }

  private static byte[] framed(StringBuilder json) {
    ByteBuffer utf8;
    try {
      utf8 = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(json));
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(
          "a tensor's name or a metadata text holds half a surrogate pair; mend it", e);
    }
    int length = (Long.BYTES + utf8.remaining() + ALIGNMENT - 1) & -ALIGNMENT;
    if (length - Long.BYTES > SafetensorsHeader.LIMIT) {
      throw new IllegalArgumentException(
          "the header takes %d bytes, the format allows %d; shorten names or metadata"
              .formatted(length - Long.BYTES, SafetensorsHeader.LIMIT));
    }
    var framed = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    framed.putLong(length - Long.BYTES).put(utf8);
    Arrays.fill(framed.array(), framed.position(), length, (byte) ' ');
    return framed.array();
  }

  private static StringBuilder quote(String s, StringBuilder json) {
    json.append('"');
    for (int i = 0; i < s.length(); i++) {
      char c = s.charAt(i);
      if (c < ' ') {
        json.append("\\u00").append(HexFormat.of().toHexDigits((byte) c));
      } else {
        json.append(c == '"' || c == '\\' ? "\\" : "").append(c);
      }
    }
    return json.append('"');
  }
}
