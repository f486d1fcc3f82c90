package dev.vitrine.tensor;

/** What an element is: float32 numbers, or int32 labels and indices, which have no gradient. */
public enum DType {
  FLOAT32,
  INT32;

  /** Bytes of one element; both kinds take four. */
  public static final int BYTES = 4;
}
