package dev.vitrine.cpp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnpackedTest {
  private static final byte[] OLD = {1, 2, 3};
  private static final byte[] NEW = {1, 2, 4};

  @TempDir private Path cache;

  /** All builds have the same time in their jars, and most the same size. */
  @Test
  void anotherLibraryOfTheSameSizeIsAnotherFile() throws IOException {
    Path old = Unpacked.in(cache, OLD);
    Path fresh = Unpacked.in(cache, NEW);
    assertNotEquals(old, fresh);
    assertArrayEquals(OLD, Files.readAllBytes(old));
    assertArrayEquals(NEW, Files.readAllBytes(fresh));
  }

  @Test
  void itIsUnpackedOnce() throws IOException {
    Path file = Unpacked.in(cache, OLD);
    FileTime then = FileTime.fromMillis(0);
    Files.setLastModifiedTime(file, then);
    assertEquals(file, Unpacked.in(cache, OLD));
    assertEquals(then, Files.getLastModifiedTime(file));
  }

  @Test
  void aDamagedOneIsReplaced() throws IOException {
    Path file = Unpacked.in(cache, OLD);
    Files.write(file, NEW);
    assertArrayEquals(OLD, Files.readAllBytes(Unpacked.in(cache, OLD)));
  }
}
