package dev.vitrine.tensor.io;

import dev.vitrine.tensor.DType;
import dev.vitrine.tensor.Tensor;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The elements of a tensor as little-endian bytes, block by block, so nothing large is copied. */
final class LittleEndian {
  private static final int BLOCK = 16 << 10;
  private static final int NAN = 0x7FC00000;

  private LittleEndian() {}

  /** Takes the bytes. */
  interface Sink<E extends Exception> {
    void take(byte[] bytes, int from, int count) throws E;
  }

  /** Hands over the elements as they are. */
  static void write(Tensor x, Sink<IOException> sink) throws IOException {
    blocks(x, false, sink);
  }

  /** Hands over the elements with one bit pattern (0x7FC00000) for all NaNs. */
  static void writeOneNaN(Tensor x, Sink<RuntimeException> sink) {
    blocks(x, x.dtype() == DType.FLOAT32, sink);
  }

  private static <E extends Exception> void blocks(Tensor x, boolean oneNaN, Sink<E> sink)
      throws E {
    var block = new byte[BLOCK * DType.BYTES];
    var out = ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN);
    boolean asIs = !oneNaN && ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
    x.owner().enter();
    try {
      for (long from = 0; from < x.size(); from += BLOCK) {
        int count = (int) Math.min(BLOCK, x.size() - from);
        if (asIs) {
          MemorySegment.ofArray(block)
              .asSlice(0, (long) count * DType.BYTES)
              .copyFrom(x.segment().asSlice(from * DType.BYTES, (long) count * DType.BYTES));
        } else {
          for (int i = 0; i < count; i++) {
            int bits = x.intAt(from + i);
            out.putInt(
                i * DType.BYTES, oneNaN && Float.isNaN(Float.intBitsToFloat(bits)) ? NAN : bits);
          }
        }
        sink.take(block, 0, count * DType.BYTES);
      }
    } finally {
      x.owner().exit();
    }
  }
}
