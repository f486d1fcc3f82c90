package dev.vitrine.tensor.io;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.tensor.DType;
import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpyTest {
  @TempDir private Path folder;
  private final Memory memory = new Memory("npy test");

  @AfterEach
  void close() {
    memory.close();
  }

  private Tensor read(String sample) throws IOException {
    return Npy.read(Samples.file(folder, sample), memory);
  }

  /** 0, 1/8, 2/8 … as the samples hold them. */
  private static float[] eighths() {
    var values = new float[12];
    for (int i = 0; i < values.length; i++) {
      values[i] = i / 8f;
    }
    return values;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "float32.npy",
        "float32_columns.npy",
        "float32_big_endian.npy",
        "version2.npy",
        "version3.npy"
      })
  void readsEveryLayoutAndVersion(String sample) throws IOException {
    var x = read(sample);
    assertEquals(Shape.of(3, 4), x.shape());
    assertArrayEquals(eighths(), x.toFloats());
  }

  @Test
  void readsEveryKindOfElement() throws IOException {
    assertArrayEquals(new int[] {3, -1, 2147483647, -2147483648, 7}, read("int32.npy").toInts());
    assertArrayEquals(new int[] {1, -2, 2147483647, -2147483648}, read("int64.npy").toInts());
    assertArrayEquals(new int[] {0, 255}, read("uint8.npy").toInts());
    assertArrayEquals(new int[] {1, 0, 1}, read("bool.npy").toInts());
    assertArrayEquals(
        new float[] {1, -2, 65504, 0x1p-24f, Float.POSITIVE_INFINITY},
        read("float16.npy").toFloats());
    assertEquals(2.5f, read("scalar.npy").item());
    assertEquals(Shape.of(0, 3), read("empty.npy").shape());
  }

  @Test
  void float64ColumnsAreTurnedIntoRowsAndRoundedOnlyForTensors() throws IOException {
    var exact = Npy.readDoubles(Samples.file(folder, "float64_columns.npy"));
    var rounded = read("float64_columns.npy");
    assertEquals(Shape.of(2, 3, 4), exact.shape());
    assertEquals(exact.shape(), rounded.shape());
    for (int i = 0; i < 24; i++) {
      assertEquals(i / 3.0, exact.values()[i]);
      assertEquals((float) (i / 3.0), rounded.at(i));
    }
  }

  @Test
  void doublesTakeIntegersThatAreExact() throws IOException {
    assertArrayEquals(
        new double[] {1, 0x1p40},
        Npy.readDoubles(Samples.file(folder, "int64_large.npy")).values());
    Path large = Samples.file(folder, "uint64_large.npy");
    assertThrows(FormatException.class, () -> Npy.readDoubles(large));
  }

  @Test
  void mapsWithoutCopyingAndRefusesToBeWritten() throws IOException {
    var x = Npy.map(Samples.file(folder, "float32.npy"), memory);
    assertArrayEquals(eighths(), x.toFloats());
    assertEquals(0, memory.bytes());
    assertEquals(0, x.segment().address() % Memory.ALIGNMENT);
    assertThrows(IllegalArgumentException.class, () -> x.put(0, 1));
    assertEquals(0, Npy.map(Samples.file(folder, "empty.npy"), memory).size());
    assertEquals(DType.INT32, Npy.map(Samples.file(folder, "int32.npy"), memory).dtype());
  }

  @ParameterizedTest
  @ValueSource(strings = {"float32_columns.npy", "float32_big_endian.npy", "int64.npy"})
  void mappingWhatWouldNeedACopyIsRefused(String sample) throws IOException {
    Path file = Samples.file(folder, sample);
    var e = assertThrows(FormatException.class, () -> Npy.map(file, memory));
    assertTrue(
        e.toString().contains("cannot be mapped; write the file as little-endian float32"),
        e::toString);
  }

  @Test
  void aMappedFileMayBeReplaced() throws IOException {
    Path file = Samples.file(folder, "float32.npy");
    var x = Npy.map(file, memory);
    Npy.write(file, Tensor.of(Shape.of(1), 7f));
    assertArrayEquals(eighths(), x.toFloats());
    assertEquals(7f, Npy.read(file, memory).item());
  }

  @Test
  void writesTheBytesThatNumPyWrites() throws IOException {
    Path file = folder.resolve("out.npy");
    for (String sample : new String[] {"float32.npy", "scalar.npy", "int32.npy", "empty.npy"}) {
      Npy.write(file, read(sample));
      assertArrayEquals(Samples.bytes(sample), Files.readAllBytes(file), sample);
    }
    var header = new String(NpyHeader.bytes(DType.INT32, Shape.of(5)), ISO_8859_1);
    assertEquals(
        "\u0093NUMPY\1\0\166\0{'descr': '<i4', 'fortran_order': False, 'shape': (5,), }"
            + " ".repeat(60)
            + "\n",
        header);
  }

  @Test
  void whatIsWrittenIsReadBackBitForBit() throws IOException {
    Path file = folder.resolve("out.npy");
    int[] bits = {0, 1 << 31, 0x7F800000, 0x7FC12345, 1, -1, 0x3F800000};
    var floats = new float[40_000];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = Float.intBitsToFloat(bits[i % bits.length]);
    }
    for (var x :
        new Tensor[] {
          memory.floats(Shape.of(200, 200), floats), memory.ints(Shape.of(7), bits),
          memory.floats(Shape.of(2, 0, 3)), memory.floats(Shape.of(1, 1, 1, 1, 1, 1, 1))
        }) {
      Npy.write(file, x);
      var y = Npy.read(file, memory);
      assertEquals(x.shape(), y.shape());
      assertEquals(x.dtype(), y.dtype());
      assertEquals(-1, x.segment().mismatch(y.segment()));
      assertEquals(0, (Files.size(file) - x.segment().byteSize()) % 64);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      textBlock =
          """
          int64_large.npy  ; the element stored at place 1 is 1099511627776, which does not fit int32
          uint64_large.npy ; the element stored at place 0 is 9223372036854775813, which does not fit int32
          structured.npy   ; header, character 10: found '[', expected '"'
          text.npy         ; elements of type '<U2', expected a boolean (|b1), an integer (<i4) or a real (<f4, <f8)
          """)
  void whatDoesNotFitIsRefusedInOneSentence(String sample, String sentence) throws IOException {
    Path file = Samples.file(folder, sample);
    var e = assertThrows(FormatException.class, () -> Npy.read(file, memory));
    assertEquals(file + ": " + sentence, e.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      textBlock =
          """
          {'descr': '<f4', 'fortran_order': False, 'shape': (2,), };      ok
          {"shape":(2),"descr":"<f4","fortran_order":False}    ;          ok
          {'descr': '<f4', 'fortran_order': False, 'shape': (2, 1,)} ;    ok
          {'descr': '<f4', 'fortran_order': False, 'shape': (3,), };      8 bytes follow the header, expected 12 for F32[3]
          {'descr': '<f4', 'fortran_order': False, 'shape': (1,), };      8 bytes follow the header, expected 4 for F32[1]
          {'descr': '<f4', 'fortran_order': False, 'shape': (-2,), };     expected a number
          {'descr': '<f4', 'fortran_order': False, 'shape': (02,), };     without sign, point or leading zeros
          {'descr': '<f4', 'fortran_order': False, 'shape': (4294967296,), };  is too large
          {'descr': '<f8', 'fortran_order': False, 'shape': (2147483647, 2147483647, 2)}; is too large
          {'descr': '<f8', 'fortran_order': False, 'shape': (99999999999999999999,)}; expected a number below 2^63
          {'descr': '<f4', 'fortran_order': False };                      the header is incomplete
          {'descr': '<f4', 'descr': '<f4' };                              twice
          {'descr': '<f4', 'fortran_order': 0, 'shape': (2,), };          expected True or False
          {'descr': '<f4', 'fortran_order': False, 'shape': (2,), } 5;    expected nothing more
          {'descr': '<f4', 'fortran_order': False, 'shape': (2,), 'x': 1}; the header has "x"
          {'descr': '<q4', 'fortran_order': False, 'shape': (2,), };      elements of type '<q4'
          {'descr': '|O', 'fortran_order': False, 'shape': (2,), };       elements of type '|O'
          """)
  void headersAreReadStrictly(String header, String verdict) throws IOException {
    var file = ByteBuffer.allocate(10 + header.length() + 8);
    file.put("\u0093NUMPY\1\0".getBytes(ISO_8859_1)).put((byte) header.length()).put((byte) 0);
    file.put(header.getBytes(ISO_8859_1));
    Path path = Files.write(folder.resolve("x.npy"), file.array());
    if (verdict.equals("ok")) {
      assertEquals(2, Npy.read(path, memory).size());
    } else {
      var e = assertThrows(FormatException.class, () -> Npy.read(path, memory));
      assertTrue(e.toString().contains(verdict), e::toString);
    }
  }

  @Test
  void anAbsurdHeaderLengthAllocatesNothing() throws IOException {
    byte[] file = Samples.bytes("version2.npy");
    file[11] = 0x7F;
    Path path = Files.write(folder.resolve("x.npy"), file);
    var e = assertThrows(FormatException.class, () -> Npy.read(path, memory));
    assertTrue(e.toString().contains("expected at most 65535"), e::toString);
  }

  @Test
  void aMissingFileIsMissingAndAClosedTensorIsNotWritten() {
    Path nowhere = folder.resolve("nowhere.npy");
    assertThrows(NoSuchFileException.class, () -> Npy.read(nowhere, memory));
    var x = new Memory("gone").floats(Shape.of(2));
    x.owner().close();
    assertThrows(IllegalStateException.class, () -> Npy.write(nowhere, x));
    assertTrue(Files.notExists(nowhere));
  }

  @Test
  void aShapeOfTooManyAxesIsRefusedBeforeTheFileIsTouched() {
    var x = memory.floats(Shape.of(IntStream.range(0, 30_000).map(i -> 1).toArray()));
    Path file = folder.resolve("x.npy");
    assertThrows(IllegalArgumentException.class, () -> Npy.write(file, x));
    assertTrue(Files.notExists(file));
  }
}
