package dev.vitrine.nn;

import static dev.vitrine.nn.layer.Layers.batchNorm;
import static dev.vitrine.nn.layer.Layers.conv2d;
import static dev.vitrine.nn.layer.Layers.dropout;
import static dev.vitrine.nn.layer.Layers.flatten;
import static dev.vitrine.nn.layer.Layers.linear;
import static dev.vitrine.nn.layer.Layers.relu;
import static dev.vitrine.nn.layer.Layers.residual;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.io.FormatException;
import dev.vitrine.tensor.io.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFileTest {
  @TempDir Path folder;

  private static Model model() {
    return Model.sequential(
            conv2d(1, 4, 3).padding(1),
            batchNorm(4),
            residual(conv2d(4, 4, 1), relu()),
            flatten(),
            dropout(0.25f),
            linear(64, 3))
        .init(11);
  }

  @Test
  void aModelComesBackWithLayersAndValues() throws IOException {
    Path file = folder.resolve("m.safetensors");
    try (Model m = model();
        Memory memory = new Memory("test")) {
      ModelFile.write(file, m, Map.of("data", "digits"));
      assertEquals("digits", Safetensors.read(file, memory).metadata().get("data"));
      try (Model back = ModelFile.read(file)) {
        assertEquals(m.toString(), back.toString());
        assertEquals(m.hash(), back.hash());
      }
    }
  }

  @Test
  void theSameModelGivesTheSameFile() throws IOException {
    try (Model a = model();
        Model b = model()) {
      ModelFile.write(folder.resolve("a"), a, Map.of());
      ModelFile.write(folder.resolve("b"), b, Map.of());
      assertEquals(-1, Files.mismatch(folder.resolve("a"), folder.resolve("b")));
    }
  }

  @Test
  void aFileWithoutLayersIsRefused() throws IOException {
    try (Model m = model()) {
      refused(Map.of("other", "things"), m, "have no \"vitrine.model\"");
    }
  }

  @Test
  void valuesThatDoNotFitTheLayersAreRefused() throws IOException {
    try (Model m = Model.sequential(linear(2, 3))) {
      refused(Map.of("vitrine.model", "linear(3, 2)"), m, "has shape [2, 3] in the file");
      refused(Map.of("vitrine.model", "linear(2, 3) linear(3, 3)"), m, "linear1.weight");
    }
  }

  @Test
  void aSpecificationThatNobodyUnderstandsIsRefused() throws IOException {
    try (Model m = Model.sequential(linear(2, 3))) {
      refused(Map.of("vitrine.model", "linaer(2, 3)"), m, "linaer");
    }
  }

  private void refused(Map<String, String> metadata, Model values, String message)
      throws IOException {
    Path file = folder.resolve("bad.safetensors");
    Safetensors.write(file, values.state(), metadata);
    var e = assertThrows(FormatException.class, () -> ModelFile.read(file));
    assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }

  @Test
  void aTruncatedOrMissingFileIsRefused() throws IOException {
    Path file = folder.resolve("m.safetensors");
    try (Model m = model()) {
      ModelFile.write(file, m, Map.of());
    }
    byte[] whole = Files.readAllBytes(file);
    for (int length : new int[] {0, 5, 200, whole.length - 4}) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThrows(FormatException.class, () -> ModelFile.read(file), length + " bytes");
    }
    assertThrows(NoSuchFileException.class, () -> ModelFile.read(folder.resolve("none")));
  }
}
