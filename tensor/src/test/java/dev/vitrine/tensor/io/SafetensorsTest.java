package dev.vitrine.tensor.io;

import static java.nio.charset.StandardCharsets.UTF_8;
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
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsTest {
  @TempDir private Path folder;
  private final Memory memory = new Memory("safetensors test");

  @AfterEach
  void close() {
    memory.close();
  }

  @Test
  void readsWhatTheReferenceWrites() throws IOException {
    var file = Safetensors.read(Samples.file(folder, "reference.safetensors"), memory);
    var x = file.tensors();
    assertEquals(
        List.of("labels", "conv.weight", "empty", "scalar", "half", "small"),
        List.copyOf(x.keySet()));
    assertArrayEquals(new int[] {7, -8}, Samples.get(x, "labels").toInts());
    assertArrayEquals(new float[] {0, 1, 2, 3, 4, 5}, Samples.get(x, "conv.weight").toFloats());
    assertEquals(Shape.of(2, 3), Samples.get(x, "conv.weight").shape());
    assertEquals(Shape.of(0, 2), Samples.get(x, "empty").shape());
    assertArrayEquals(new int[] {4}, Samples.get(x, "scalar").toInts());
    assertArrayEquals(new float[] {1.5f, -2}, Samples.get(x, "half").toFloats());
    assertArrayEquals(new int[] {1, 2, 3}, Samples.get(x, "small").toInts());
    assertEquals(Map.of("format", "np", "zwölf", "\"12\"\n"), file.metadata());
  }

  @Test
  void alignedFloatsStandOnTheFile() throws IOException {
    Path file = folder.resolve("x.safetensors");
    Safetensors.write(file, Map.of("w", Tensor.of(Shape.of(3), 1, 2, 3)), Map.of());
    var w = Samples.get(Safetensors.read(file, memory).tensors(), "w");
    assertEquals(0, memory.bytes());
    assertEquals(0, w.address() % Memory.ALIGNMENT);
    assertThrows(IllegalArgumentException.class, () -> w.put(0, 1));
    assertArrayEquals(new float[] {1, 2, 3}, w.copy().toFloats());
  }

  @Test
  void theBytesAreTheseInEveryCountry() throws IOException {
    Path file = folder.resolve("x.safetensors");
    var tensors =
        Map.of(
            "w", Tensor.of(Shape.of(1, 2), 1, -2), "b\"\n", Tensor.of(Shape.of(), new int[] {5}));
    var locale = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      Safetensors.write(file, tensors, Map.of("k", "v", "a\\", "ü"));
    } finally {
      Locale.setDefault(locale);
    }
    String json =
        "{\"__metadata__\":{\"a\\\\\":\"ü\",\"k\":\"v\"},"
            + "\"b\\\"\\u000a\":{\"dtype\":\"I32\",\"shape\":[],\"data_offsets\":[0,4]},"
            + "\"w\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[4,12]}}";
    var expected = ByteBuffer.allocate(192 + 12).order(ByteOrder.LITTLE_ENDIAN);
    expected.putLong(184).put(json.getBytes(UTF_8));
    while (expected.position() < 192) {
      expected.put((byte) ' ');
    }
    expected.putInt(5).putFloat(1).putFloat(-2);
    assertArrayEquals(expected.array(), Files.readAllBytes(file));

    var back = Safetensors.read(file, memory);
    assertEquals(TensorHash.of(tensors), TensorHash.of(back.tensors()));
    assertEquals(Map.of("k", "v", "a\\", "ü"), back.metadata());
  }

  @Test
  void anEmptyFileIsAFileToo() throws IOException {
    Path file = folder.resolve("x.safetensors");
    Safetensors.write(file, Map.of(), Map.of());
    assertTrue(Safetensors.read(file, memory).tensors().isEmpty());
    Safetensors.write(file, Map.of("w", memory.floats(Shape.of(0))), Map.of());
    assertEquals(0, Samples.get(Safetensors.read(file, memory).tensors(), "w").size());
  }

  @Test
  void namesThatTheFormatCannotHoldAreRefused() {
    Path file = folder.resolve("x.safetensors");
    var x = memory.floats(Shape.of(1));
    for (String name : new String[] {"__metadata__", "half \ud83d"}) {
      assertThrows(
          IllegalArgumentException.class, () -> Safetensors.write(file, Map.of(name, x), Map.of()));
    }
    assertTrue(Files.notExists(file));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      textBlock =
          """
          {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}};                        ok
          {"a":{"dtype":"BF16","shape":[2,2],"data_offsets":[0,8]}};                     ok
          {"a":{"dtype":"F64","shape":[],"data_offsets":[0,8]}};                         ok
          {"a":{"shape":[1],"data_offsets":[4,8],"dtype":"F32"},"b":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}}; ok
          {"\\u0061\\ud83d\\ude00":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}};    ok
          {"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}};                        tensor "a": the data go from byte 0 to 8, expected 12 bytes for F32[3]
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}};                        the data have 8 bytes, expected 4 by the header
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}};                        tensor "a" begins at byte 4 of the data, expected 0: no gaps, no overlaps
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}; begins at byte 0 of the data, expected 4
          {"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}};                        the data go from byte 8 to 0
          {"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}};                       the data have 8 bytes, expected 16
          {"a":{"dtype":"F8_E4M3","shape":[8],"data_offsets":[0,8]}};                    elements of type "F8_E4M3", expected one of [BOOL
          {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"a":{}};                 the header has "a" twice
          {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8],"x":0}};                  the header has "x"
          {"a":{"dtype":"F32","shape":[2]}};                                             the header is incomplete
          {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4,8]}};                      the header is incomplete
          {"a":{"dtype":"F32","shape":[2147483647,2147483647,4],"data_offsets":[0,8]}};  is too large
          {"a":{"dtype":"F32","shape":[2,],"data_offsets":[0,8]}};                       expected a number
          {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},};                       expected '"'
          {'a':{"dtype":"F32","shape":[2],"data_offsets":[0,8]}};                        expected '"'
          {"a":{"dtype":"F32","shape":[2.0],"data_offsets":[0,8]}};                      expected ']'
          {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}} x;                      expected nothing more
          {"__metadata__":{"a":1}};                                                      expected '"'
          {"\\u00g0":{}};                                                                expected an escape
          {"a;                                                                           found the end
          [];                                                                            expected '{'
          """)
  void headersAreReadStrictly(String json, String verdict) throws IOException {
    byte[] header = json.getBytes(UTF_8);
    var file = ByteBuffer.allocate(8 + header.length + 8).order(ByteOrder.LITTLE_ENDIAN);
    Path path = folder.resolve("x.safetensors");
    Files.write(path, file.putLong(header.length).put(header).array());
    if (verdict.equals("ok")) {
      for (var x : Safetensors.read(path, memory).tensors().values()) {
        assertEquals(x.size() * DType.BYTES, x.segment().byteSize());
      }
    } else {
      var e = assertThrows(FormatException.class, () -> Safetensors.read(path, memory));
      assertTrue(e.toString().contains(verdict), e::toString);
      assertTrue(e.toString().contains(": " + path), e::toString);
    }
  }

  @Test
  void unalignedFloatsAreCopied() throws IOException {
    var json =
        "{\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]},"
            + "\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[1,5]}}";
    var file = ByteBuffer.allocate(8 + json.length() + 5).order(ByteOrder.LITTLE_ENDIAN);
    file.putLong(json.length()).put(json.getBytes(UTF_8)).put((byte) 9).putFloat(2.5f);
    Path path = Files.write(folder.resolve("x.safetensors"), file.array());
    var tensors = Safetensors.read(path, memory).tensors();
    assertEquals(2.5f, Samples.get(tensors, "b").item());
    assertArrayEquals(new int[] {9}, Samples.get(tensors, "a").toInts());
  }

  @ParameterizedTest
  @CsvSource({"-1", "9223372036854775807", "100000001", "1000"})
  void anAbsurdHeaderLengthAllocatesNothing(long length) throws IOException {
    var file = ByteBuffer.allocate(40).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
    Path path = Files.write(folder.resolve("x.safetensors"), file.array());
    var e = assertThrows(FormatException.class, () -> Safetensors.read(path, memory));
    assertTrue(e.toString().contains("expected at most 32"), e::toString);
  }
}
