package dev.vitrine.nn.onnx;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A protobuf message as it is written; {@link Wire} reads it. */
final class WireOut {
  private static final int VARINT = 0;
  private static final int BYTES = 2;
  private static final int FIXED32 = 5;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  WireOut whole(int field, long v) {
    tag(field, VARINT);
    varint(v);
    return this;
  }

  WireOut real(int field, float v) {
    tag(field, FIXED32);
    int bits = Float.floatToIntBits(v);
    for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
      out.write(bits >>> shift);
    }
    return this;
  }

  WireOut text(int field, String v) {
    return bytes(field, v.getBytes(StandardCharsets.UTF_8));
  }

  WireOut message(int field, WireOut m) {
    return bytes(field, m.toBytes());
  }

  WireOut bytes(int field, byte[] v) {
    tag(field, BYTES);
    varint(v.length);
    out.writeBytes(v);
    return this;
  }

  byte[] toBytes() {
    return out.toByteArray();
  }

  private void tag(int field, int kind) {
    varint((long) field << 3 | kind);
  }

  private void varint(long v) {
    long rest = v;
    while ((rest & ~0x7FL) != 0) {
      out.write((int) (rest & 0x7F | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }
}
