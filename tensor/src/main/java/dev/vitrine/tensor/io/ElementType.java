package dev.vitrine.tensor.io;

import dev.vitrine.tensor.DType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** How a file stores an element; the names are those of safetensors. */
enum ElementType {
  BOOL(1, DType.INT32),
  U8(1, DType.INT32),
  I8(1, DType.INT32),
  U16(2, DType.INT32),
  I16(2, DType.INT32),
  U32(4, DType.INT32),
  I32(4, DType.INT32),
  U64(8, DType.INT32),
  I64(8, DType.INT32),
  F16(2, DType.FLOAT32),
  BF16(2, DType.FLOAT32),
  F32(4, DType.FLOAT32),
  F64(8, DType.FLOAT32);

  private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED;
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;

  private final int bytes;
  private final DType dtype;

  ElementType(int bytes, DType dtype) {
    this.bytes = bytes;
    this.dtype = dtype;
  }

  /** Bytes of one element in the file. */
  public int bytes() {
    return bytes;
  }

  /** What it becomes in a tensor. */
  public DType dtype() {
    return dtype;
  }

  /** Element {@code i} of an integer type; a U64 of 2⁶³ or more comes out negative. */
  long integer(MemorySegment s, ByteOrder order, long i) {
    long at = i * bytes;
    return switch (this) {
      case BOOL -> s.get(ValueLayout.JAVA_BYTE, at) != 0 ? 1 : 0;
      case U8 -> s.get(ValueLayout.JAVA_BYTE, at) & 0xFF;
      case I8 -> s.get(ValueLayout.JAVA_BYTE, at);
      case U16 -> s.get(SHORT.withOrder(order), at) & 0xFFFF;
      case I16 -> s.get(SHORT.withOrder(order), at);
      case U32 -> s.get(INT.withOrder(order), at) & 0xFFFFFFFFL;
      case I32 -> s.get(INT.withOrder(order), at);
      case U64, I64 -> s.get(LONG.withOrder(order), at);
      case F16, BF16, F32, F64 -> throw new IllegalStateException(this + " is not an integer type");
    };
  }

  /** Element {@code i} of a floating-point type, exactly. */
  double real(MemorySegment s, ByteOrder order, long i) {
    long at = i * bytes;
    return switch (this) {
      case F16 -> Float.float16ToFloat(s.get(SHORT.withOrder(order), at));
      case BF16 -> Float.intBitsToFloat(s.get(SHORT.withOrder(order), at) << 16);
      case F32 -> Float.intBitsToFloat(s.get(INT.withOrder(order), at));
      case F64 -> Double.longBitsToDouble(s.get(LONG.withOrder(order), at));
      case BOOL, U8, I8, U16, I16, U32, I32, U64, I64 ->
          throw new IllegalStateException(this + " is not a floating-point type");
    };
  }
}
