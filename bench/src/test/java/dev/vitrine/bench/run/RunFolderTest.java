package dev.vitrine.bench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {
  @TempDir private Path folder;
  private Path left;

  @BeforeEach
  void aKilledRunWasHere() throws IOException {
    left = Files.writeString(folder.resolve("." + UUID.randomUUID() + ".tmp"), "half");
  }

  private long files() throws IOException {
    try (var all = Files.list(folder)) {
      return all.count();
    }
  }

  @Test
  void whoHasItSweepsAndNobodyElseDoes() throws IOException {
    RunFolder run = RunFolder.at(folder);
    try (var _ = run.lock()) {
      assertEquals(1, files(), "the lock alone");
      Files.writeString(left, "of a run that lives");
      var e = assertThrows(IOException.class, () -> RunFolder.at(folder).lock());
      assertEquals(
          folder + ": another run is writing there; wait for it, or name another folder",
          e.getMessage());
      assertEquals(2, files(), "the living run's file is left alone");
    }
    try (var _ = run.lock()) {
      assertEquals(1, files());
    }
    assertEquals(0, files());
  }
}
