package dev.vitrine.bench.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.nn.Inference;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.onnx.Onnx;
import dev.vitrine.nn.onnx.OnnxGraph;
import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What another tool wrote, read, written by us and read again is the same function. */
class OnnxAgainTest {
  @TempDir Path folder;

  @Test
  void bundledCasesSurvive() throws IOException {
    survive(Tree.bundled());
  }

  @Test
  void allCasesSurvive() throws IOException {
    String root = System.getenv("VITRINE_GOLDEN");
    if (root == null) {
      System.out.println(
          "OnnxAgainTest looks at the bundled cases alone: VITRINE_GOLDEN names no other tree");
      return;
    }
    survive(Path.of(root));
  }

  private void survive(Path root) throws IOException {
    int seen = 0;
    for (Suite.Entry e : Suite.open(root).entries()) {
      if (e.group().equals(OnnxGroup.NAME) && e.method().equals("positive")) {
        survives(GoldenCase.read(e.folder()));
        seen++;
      }
    }
    boolean there = Files.isDirectory(root.resolve(OnnxGroup.NAME));
    assertTrue(seen > 0 || !there, "no case in " + root);
  }

  private void survives(GoldenCase golden) throws IOException {
    Path again = folder.resolve("again.onnx");
    try (Memory memory = new Memory("test");
        Model read = Onnx.read(golden.folder().resolve("model.onnx"))) {
      Onnx.write(again, read, assertInstanceOf(OnnxGraph.class, read.layer()).row());
      Tensor x = Layout.IMAGE.toEngine(golden.input("x")).tensor(memory);
      try (Model second = Onnx.read(again)) {
        assertArrayEquals(
            Inference.outputs(read, x).toFloats(),
            Inference.outputs(second, x).toFloats(),
            golden.id());
      }
    }
  }
}
