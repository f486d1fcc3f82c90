package dev.vitrine.tensor.io;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  @TempDir private Path folder;
  private Path target;

  @BeforeEach
  void writeTheOldFile() throws IOException {
    target = folder.resolve("x.txt");
    AtomicFile.write(target, "old".getBytes(UTF_8));
  }

  private List<Path> files() throws IOException {
    try (var files = Files.list(folder)) {
      return files.toList();
    }
  }

  @Test
  void replacesAFileAndLeavesNothingElse() throws IOException {
    AtomicFile.write(target, out -> out.write("new".getBytes(UTF_8)));
    assertEquals("new", Files.readString(target));
    assertEquals(List.of(target), files());
  }

  @Test
  void whatAKilledProcessLeftIsSweptAway() throws IOException {
    Files.writeString(folder.resolve("." + UUID.randomUUID() + ".tmp"), "half");
    Path own = Files.writeString(folder.resolve(".mine.tmp"), "somebody's");
    AtomicFile.sweep(folder);
    assertEquals(Set.of(target, own), Set.copyOf(files()));
  }

  @Test
  void aFullDiskLeavesTheOldFileAndSaysWhy() throws IOException {
    var e =
        assertThrows(
            IOException.class,
            () ->
                AtomicFile.write(
                    target,
                    out -> {
                      out.write(new byte[100_000]);
                      throw new IOException("No space left on device");
                    }));
    assertEquals(
        "cannot write " + target + ": No space left on device; what was there before is untouched",
        e.getMessage());
    assertEquals("old", Files.readString(target));
    assertEquals(List.of(target), files());
  }

  @Test
  void anyOtherFailureLeavesTheOldFileToo() throws IOException {
    assertThrows(
        IllegalStateException.class,
        () ->
            AtomicFile.write(
                target,
                out -> {
                  throw new IllegalStateException("closed");
                }));
    assertEquals("old", Files.readString(target));
    assertEquals(List.of(target), files());
  }

  @Test
  void anInterruptDisturbsNothing() throws IOException {
    AtomicFile.write(
        target,
        out -> {
          Thread.currentThread().interrupt();
          out.write(new byte[100_000]);
        });
    AtomicFile.write(target, "new".getBytes(UTF_8));
    assertTrue(Thread.interrupted(), "the thread still knows");
    assertEquals("new", Files.readString(target));
    assertEquals(List.of(target), files());
  }

  @Test
  void theOldBytesStayUntilTheNewOnesAreComplete() throws IOException {
    AtomicFile.write(
        target,
        out -> {
          out.write(new byte[100_000]);
          out.flush();
          assertEquals("old", Files.readString(target));
        });
    assertEquals(100_000, Files.size(target));
  }

  @Test
  void aLinkStaysALink() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), target);
    AtomicFile.write(link, "new".getBytes(UTF_8));
    assertTrue(Files.isSymbolicLink(link));
    assertEquals("new", Files.readString(target));
  }

  @Test
  void whetherAFolderTakesFilesIsSaidBeforehand() throws IOException {
    AtomicFile.probe(folder);
    assertEquals(List.of(target), files());
    var e = assertThrows(IOException.class, () -> AtomicFile.probe(target));
    assertEquals("nothing can be written to " + target + ": Not a directory", e.getMessage());
  }

  @Test
  void foldersAndMissingFoldersAreRefused() {
    var noFile =
        assertThrows(IOException.class, () -> AtomicFile.write(folder, "x".getBytes(UTF_8)));
    assertTrue(noFile.toString().contains("not a regular file"), noFile::toString);
    Path deep = folder.resolve("missing").resolve("x.txt");
    var noFolder =
        assertThrows(IOException.class, () -> AtomicFile.write(deep, "x".getBytes(UTF_8)));
    assertTrue(noFolder.toString().contains("there is no folder"), noFolder::toString);
  }
}
