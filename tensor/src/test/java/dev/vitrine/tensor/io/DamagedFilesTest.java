package dev.vitrine.tensor.io;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.RandomStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever the bytes are: a reader returns or throws a FormatException, and allocates nothing
 * absurd.
 */
class DamagedFilesTest {
  private static final int FLIPS = 400;

  /** More than any sample holds, less than any absurd claim. */
  private static final long ROOM = 1 << 20;

  @TempDir private Path folder;

  private void read(String sample, byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve("damaged"), bytes);
    try (var memory = new Memory("damaged")) {
      if (sample.endsWith(".npy")) {
        Npy.read(file, memory);
      } else if (sample.endsWith(".npz")) {
        Npz.read(file, memory);
      } else {
        Safetensors.read(file, memory);
      }
      assertTrue(memory.bytes() < ROOM, "allocated " + memory.bytes());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "float32.npy",
        "version3.npy",
        "int64.npy",
        "stored.npz",
        "compressed.npz",
        "reference.safetensors"
      })
  void aFileCutAnywhereIsRefused(String sample) throws IOException {
    byte[] whole = Samples.bytes(sample);
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThrows(FormatException.class, () -> read(sample, cut), "cut at " + length);
    }
    read(sample, whole);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"float32.npy", "int32.npy", "float64_columns.npy", "reference.safetensors"})
  void aFileWithMoreBytesIsRefused(String sample) throws IOException {
    byte[] whole = Samples.bytes(sample);
    byte[] longer = Arrays.copyOf(whole, whole.length + 1);
    assertThrows(FormatException.class, () -> read(sample, longer));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "float32_columns.npy",
        "version2.npy",
        "int64.npy",
        "stored.npz",
        "compressed.npz",
        "reference.safetensors"
      })
  void flippedBitsGiveOtherNumbersOrAFormatException(String sample) throws IOException {
    byte[] whole = Samples.bytes(sample);
    var random = new RandomStream(20, 0, 0);
    for (int trial = 0; trial < FLIPS; trial++) {
      byte[] damaged = whole.clone();
      for (int flips = 1 + random.below(3); flips > 0; flips--) {
        damaged[random.below(damaged.length)] ^= (byte) (1 << random.below(8));
      }
      try {
        read(sample, damaged);
      } catch (FormatException e) {
        assertTrue(e.toString().contains(": " + folder.resolve("damaged")), e::toString);
      }
    }
  }
}
