package dev.vitrine.tensor.io;

import dev.vitrine.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * SHA-256 over names, kinds, shapes and values of tensors: equal if and only if all of these are.
 *
 * <p>What is hashed, for each tensor in the order of the names' UTF-16 units, numbers as
 * little-endian int32: length of the name in UTF-8, the name, kind (0 float32, 1 int32), rank,
 * extents, elements. All NaNs count as 0x7FC00000; +0 and −0 differ.
 */
public final class TensorHash {
  private TensorHash() {}

  /** The hash of named tensors as 64 hexadecimal digits. */
  public static String of(Map<String, Tensor> tensors) {
    var sha = sha256();
    new TreeMap<>(tensors).forEach((name, x) -> add(sha, name, x));
    return HexFormat.of().formatHex(sha.digest());
  }

  /** The hash of one tensor whose name is empty. */
  public static String of(Tensor x) {
    return of(Map.of("", x));
  }

  private static void add(MessageDigest sha, String name, Tensor x) {
    byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
    int[] dims = x.shape().dims();
    var head =
        ByteBuffer.allocate(12 + utf8.length + 4 * dims.length).order(ByteOrder.LITTLE_ENDIAN);
    head.putInt(utf8.length).put(utf8);
    head.putInt(
        switch (x.dtype()) {
          case FLOAT32 -> 0;
          case INT32 -> 1;
        });
    head.putInt(dims.length);
    for (int d : dims) {
      head.putInt(d);
    }
    sha.update(head.array());
    LittleEndian.writeOneNaN(x, sha::update);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
