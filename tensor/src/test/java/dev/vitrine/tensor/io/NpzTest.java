package dev.vitrine.tensor.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.TimeZone;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NpzTest {
  @TempDir private Path folder;
  private final Memory memory = new Memory("npz test");

  @AfterEach
  void close() {
    memory.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"stored.npz", "compressed.npz"})
  void readsWhatNumPyWrites(String sample) throws IOException {
    var tensors = Npz.read(Samples.file(folder, sample), memory);
    assertEquals(List.of("weight", "label"), List.copyOf(tensors.keySet()));
    assertArrayEquals(new int[] {1, 2, 3}, Samples.get(tensors, "label").toInts());
    assertEquals(Shape.of(3, 4), Samples.get(tensors, "weight").shape());
    assertEquals(11 / 8f, Samples.get(tensors, "weight").at(11));
  }

  private SequencedMap<String, Tensor> some() {
    var tensors = new LinkedHashMap<String, Tensor>();
    tensors.put("zwölf/b", memory.floats(Shape.of(2, 2), 1, 2, 3, 4));
    tensors.put("a", memory.ints(Shape.of(3), 1, -2, 3));
    tensors.put("none", memory.floats(Shape.of(0)));
    return tensors;
  }

  @Test
  void whatIsWrittenIsReadBackInOrder() throws IOException {
    Path file = folder.resolve("x.npz");
    var tensors = some();
    Npz.write(file, tensors);
    var back = Npz.read(file, memory);
    assertEquals(List.copyOf(tensors.keySet()), List.copyOf(back.keySet()));
    assertEquals(TensorHash.of(tensors), TensorHash.of(back));
  }

  @Test
  void theBytesDependOnNeitherTimeNorTimeZone() throws IOException {
    Path file = folder.resolve("x.npz");
    Npz.write(file, some());
    byte[] here = Files.readAllBytes(file);
    var zone = TimeZone.getDefault();
    try {
      TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Chatham"));
      Npz.write(file, some());
    } finally {
      TimeZone.setDefault(zone);
    }
    assertArrayEquals(here, Files.readAllBytes(file));
  }

  private String refused(byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve("bad.npz"), bytes);
    return assertThrows(FormatException.class, () -> Npz.read(file, memory)).toString();
  }

  private static byte[] zip(String... names) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      for (String name : names) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(Samples.bytes("scalar.npy"));
      }
    }
    return bytes.toByteArray();
  }

  @Test
  void damageIsNamed() throws IOException {
    assertTrue(refused(new byte[0]).contains("not a sound zip archive"));
    assertTrue(refused(zip("a.txt")).contains("entry \"a.txt\", expected names that end in .npy"));

    byte[] flipped = Samples.bytes("stored.npz");
    int data = new String(flipped, StandardCharsets.ISO_8859_1).indexOf(" \n") + 2;
    flipped[data] ^= 1;
    assertTrue(refused(flipped).contains("entry weight.npy: damaged: 176 bytes with check sum"));

    // Two names of equal length, one made equal to the other in both places where a zip holds it.
    var twice = new String(zip("a.npy", "b.npy"), StandardCharsets.ISO_8859_1);
    byte[] bytes = twice.replace("b.npy", "a.npy").getBytes(StandardCharsets.ISO_8859_1);
    assertTrue(refused(bytes).contains("comes twice"));
  }

  @Test
  void anAbsurdSizeAllocatesNothing() throws IOException {
    byte[] bytes = zip("a.npy");
    var directory = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int entry = bytes.length - 22 - 46 - "a.npy".length();
    assertEquals(0x02014b50, directory.getInt(entry));
    directory.putInt(entry + 24, 0x7FFFFFFF);
    assertTrue(refused(bytes).contains("claims 2147483647 bytes"), refused(bytes));
  }

  @Test
  void aMissingFileIsMissing() {
    assertThrows(NoSuchFileException.class, () -> Npz.read(folder.resolve("none.npz"), memory));
  }
}
