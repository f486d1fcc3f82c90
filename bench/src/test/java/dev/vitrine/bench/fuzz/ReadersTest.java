package dev.vitrine.bench.fuzz;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each reader takes its example, and gives one sentence to what fuzzing reached and to what is cut
 * or changed.
 */
class ReadersTest {
  private static final int CHANGED = 300;

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void givesWhatBytesHoldOrOneSentence(Reader reader) throws IOException {
    Examples.prepare(folder);
    byte[] good = Examples.of(reader, folder);
    reader.read(folder);
    for (byte[] input : Corpus.of(reader)) {
      ReaderFuzzer.check(reader, folder, input);
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
}
