package dev.vitrine.tensor.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TensorHashTest {
  private static Tensor floats(float... values) {
    return Tensor.of(Shape.of(values.length), values);
  }

  /**
   * From Python: hashlib.sha256(struct.pack('<i1siiiffi', 1, b'w', 0, 1, 3, 1, -2, 0x7FC00000)).
   */
  @Test
  void theHashIsTheOneOfTheDocumentedBytes() {
    assertEquals(
        "a72e3d0fc264cb7c03de392078f98b075f7c4968b44f1947b4831adf5ba8ade3",
        TensorHash.of(Map.of("w", floats(1, -2, Float.NaN))));
    assertEquals(
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        TensorHash.of(Map.of()));
  }

  @Test
  void allNaNsAreOneValue() {
    float other = Float.intBitsToFloat(0xFFC00001);
    assertEquals(TensorHash.of(floats(1, Float.NaN)), TensorHash.of(floats(1, other)));
    var bits = Tensor.of(Shape.of(1), new int[] {0xFFC00001});
    assertNotEquals(
        TensorHash.of(Tensor.of(Shape.of(1), new int[] {0x7FC00000})), TensorHash.of(bits));
  }

  @Test
  void theOrderOfTheMapDoesNotMatter() {
    var up = new TreeMap<>(Map.of("a", floats(1), "b", floats(2)));
    assertEquals(TensorHash.of(up), TensorHash.of(up.descendingMap()));
  }

  @Test
  void everythingElseMatters() {
    String hash = TensorHash.of(Map.of("w", floats(0, 1)));
    assertNotEquals(hash, TensorHash.of(Map.of("v", floats(0, 1))));
    assertNotEquals(hash, TensorHash.of(Map.of("w", floats(-0f, 1))));
    assertNotEquals(hash, TensorHash.of(Map.of("w", Tensor.of(Shape.of(2, 1), 0, 1))));
    assertNotEquals(
        hash, TensorHash.of(Map.of("w", Tensor.of(Shape.of(2), new int[] {0, 0x3F800000}))));
    assertNotEquals(
        TensorHash.of(Map.of("a", floats(1), "b", floats(2))),
        TensorHash.of(Map.of("a", floats(2), "b", floats(1))));
  }

  @Test
  void largeTensorsAreHashedBlockByBlock() {
    var values = new float[3 * 16384 + 5];
    var a = floats(values);
    values[2 * 16384] = 1;
    assertNotEquals(TensorHash.of(a), TensorHash.of(floats(values)));
    assertEquals(TensorHash.of(a), TensorHash.of(a.copy()));
  }
}
