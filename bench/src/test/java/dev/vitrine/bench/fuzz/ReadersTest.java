package dev.vitrine.bench.fuzz;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each reader takes its example, and gives one sentence to what was found or is cut or changed. */
class ReadersTest {
  private static final int CHANGED = 300;

  /** What fuzzing found once, by reader. */
  private static final Path FOUND = Path.of("src/test/resources/fuzz");

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void givesWhatBytesHoldOrOneSentence(Reader reader) throws IOException {
    Examples.prepare(reader, folder);
    byte[] good = Examples.of(reader, folder);
    reader.read(folder);
    for (byte[] found : found(reader)) {
      ReaderFuzzer.check(reader, folder, found);
    }
    int stride = Math.max(1, good.length / CHANGED);
    for (int n = 0; n < good.length; n += stride) {
      ReaderFuzzer.check(reader, folder, Arrays.copyOf(good, n));
    }
    var random = new Random(1);
    for (int i = 0; i < CHANGED; i++) {
      byte[] changed = good.clone();
      for (int k = random.nextInt(3); k >= 0; k--) {
        changed[random.nextInt(changed.length)] = (byte) random.nextInt();
      }
      ReaderFuzzer.check(reader, folder, changed);
    }
  }

  private static List<byte[]> found(Reader reader) throws IOException {
    Path of = FOUND.resolve(reader.toString());
    if (!Files.isDirectory(of)) {
      return List.of();
    }
    try (var files = Files.list(of)) {
      var all = new ArrayList<byte[]>();
      for (Path f : files.sorted().toList()) {
        all.add(Files.readAllBytes(f));
      }
      assertTrue(!all.isEmpty(), () -> of + " is empty");
      return all;
    }
  }
}
