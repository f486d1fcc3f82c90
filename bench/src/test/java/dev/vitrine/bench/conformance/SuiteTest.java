package dev.vitrine.bench.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.io.FormatException;
import dev.vitrine.tensor.io.Npy;
import dev.vitrine.tensor.kernel.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuiteTest {
  private static final Device SCALAR = Device.of("scalar", 1);
  private static final String ADD = "cases/a_op_add/";

  @TempDir Path folder;

  @Test
  void bundledCasesOfEveryGroupPass() throws IOException {
    Report report = Suite.open(Tree.bundled()).run(SCALAR);
    assertTrue(report.good(), report.text());
    assertEquals(22, report.outcomes().size());
  }

  @Test
  void aPerturbedExpectedValueFails() throws IOException {
    Path file = Tree.copy(folder).root().resolve(ADD + "out.grad_b.npy");
    try (var memory = new Memory("test")) {
      Tensor t = Npy.read(file, memory);
      t.put(2, t.at(2) * 1.01f);
      Npy.write(file, t);
    }
    Verdict v = only("add");
    assertEquals(Verdict.Status.FAILED, v.status());
    assertTrue(v.reason().startsWith("grad_b[2] is "), v.reason());
    assertTrue(v.worst() > 1 && Double.isFinite(v.worst()));
  }

  @Test
  void otherSuperpixelsFail() throws IOException {
    Tree.copy(folder)
        .change(
            "cases/a_slic_shapes/case.json",
            c -> ((ObjectNode) c.get("args")).put("n_segments", 300));
    Verdict v = only("SLIC");
    assertEquals(Verdict.Status.FAILED, v.status());
    assertTrue(v.reason().startsWith("labels has adjusted Rand index 0."), v.reason());
    assertTrue(v.worst() > 1 && v.worst() < 4);
  }

  @Test
  void whatIsComputedInBinary64IsHeldToThat() throws IOException {
    Tree.copy(folder)
        .change(
            "cases/a_pca/case.json",
            c -> {
              var x = (ObjectNode) c.get("expected").get("reconstruction");
              x.putObject("tolerance").putObject("float64").put("atol", 0).put("rtol", 1e-30);
            });
    assertEquals(Verdict.Status.FAILED, only("PCA").status());
  }

  @Test
  void anExpectedResultThatNobodyComputesFails() throws IOException {
    Tree.copy(folder)
        .change(
            ADD + "case.json",
            c -> {
              var expected = (ObjectNode) c.get("expected");
              expected.set("curvature", expected.get("output"));
            });
    Verdict v = only("add");
    assertEquals(Verdict.Status.FAILED, v.status());
    assertEquals("curvature was not computed", v.reason());
  }

  @Test
  void aResultOfAnotherShapeFails() throws IOException {
    Tree.copy(folder)
        .change(
            ADD + "case.json",
            c -> {
              var expected = (ObjectNode) c.get("expected");
              expected.set("output", expected.get("grad_b"));
            });
    assertEquals("output has shape [3, 4], expected [4]", only("add").reason());
  }

  @Test
  void aComputationThatThrowsFailsAndTheNextCaseStillRuns() throws IOException {
    Tree.copy(folder)
        .change(
            ADD + "case.json",
            c -> ((ObjectNode) c.get("inputs")).set("b", c.get("inputs").get("grad_output")));
    Report report = Suite.open(folder).run(SCALAR);
    assertEquals(1, report.count(Verdict.Status.FAILED));
    assertEquals(21, report.count(Verdict.Status.PASSED));
    assertTrue(report.text().contains("failed: a_op_add: "), report.text());
  }

  @Test
  void anUnknownOpOfAModelIsRefusedByName() throws IOException {
    Tree.copy(folder)
        .change(
            "cases/a_forward_binary/case.json",
            c -> ((ObjectNode) c.get("model").get("nodes").get(1)).put("op", "origami"));
    var e = assertThrows(FormatException.class, () -> only("forward"));
    assertTrue(
        e.getMessage().endsWith("case.json: node \"tanh1\" has the unknown op \"origami\""),
        e.getMessage());
  }

  @Test
  void aModelNodeThatReadsALaterOneIsRefused() throws IOException {
    Tree.copy(folder)
        .change(
            "cases/a_forward_binary/case.json",
            c -> ((ObjectNode) c.get("model").get("nodes").get(1)).putArray("in").add("sigmoid1"));
    var e = assertThrows(FormatException.class, () -> only("forward"));
    assertTrue(e.getMessage().endsWith("no node \"sigmoid1\" stands before its use"));
  }

  @Test
  void aMethodNobodyKnowsIsNotSupportedAndNotGood() throws IOException {
    Tree.copy(folder)
        .change(
            "index.json", c -> ((ObjectNode) c.get("cases").get(0)).put("method", "divination"));
    Report report = Suite.open(folder).run(SCALAR);
    assertEquals(1, report.count(Verdict.Status.UNSUPPORTED));
    assertFalse(report.good());
  }

  @Test
  void aFolderWithoutIndexIsRefused() {
    var e = assertThrows(FormatException.class, () -> Suite.open(folder));
    assertEquals(folder + ": no tree of golden cases: it has no index.json", e.getMessage());
  }

  @Test
  void aBrokenCaseFileEndsTheRunWithItsNameAndLine() throws IOException {
    Tree.copy(folder);
    Files.writeString(folder.resolve(ADD + "case.json"), "{\n  \"id\": \"a\",\n  oops\n}");
    var e = assertThrows(FormatException.class, () -> only("add"));
    assertTrue(e.getMessage().contains("case.json: line 3 is not JSON: "), e.getMessage());
  }

  @Test
  void aMissingCaseEndsTheRunWithItsName() throws IOException {
    Tree.copy(folder);
    Files.delete(folder.resolve(ADD + "case.json"));
    var e = assertThrows(FormatException.class, () -> only("add"));
    assertTrue(e.getMessage().contains("a_op_add"), e.getMessage());
  }

  @Test
  void unknownGroupsAndMethodsAreRefusedWithWhatThereIs() throws IOException {
    Suite suite = Suite.open(Tree.bundled());
    var group =
        assertThrows(IllegalArgumentException.class, () -> suite.only(Set.of("optics"), Set.of()));
    assertTrue(group.getMessage().startsWith("no case is of group optics; there are explain"));
    var method =
        assertThrows(
            IllegalArgumentException.class, () -> suite.only(Set.of("op"), Set.of("Adam")));
    assertTrue(method.getMessage().startsWith("no case is of method Adam; there are add"));
  }

  @Test
  void jsonHoldsEveryCase() throws IOException {
    Report report = Suite.open(Tree.bundled()).only(Set.of("optimizer"), Set.of()).run(SCALAR);
    var json = new ObjectMapper().readTree(report.json());
    assertEquals(3, json.get("passed").asInt());
    assertEquals(3, json.get("cases").size());
    assertEquals("a_optim_adam", json.get("cases").get(0).get("id").asText());
    assertTrue(json.get("cases").get(0).get("worst").asDouble() <= 1);
  }

  private Verdict only(String method) throws IOException {
    var outcomes = new Tree(folder).method(method).run(SCALAR).outcomes();
    assertEquals(1, outcomes.size());
    return outcomes.getFirst().verdict();
  }
}
