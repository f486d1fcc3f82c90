package dev.vitrine.xai.spark;

import static dev.vitrine.nn.layer.Layers.linear;
import static dev.vitrine.nn.layer.Layers.relu;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.bench.run.Cluster;
import dev.vitrine.bench.run.DataSets;
import dev.vitrine.bench.run.Methods;
import dev.vitrine.bench.run.Progress;
import dev.vitrine.bench.run.Reference;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.ModelFile;
import dev.vitrine.nn.data.Csv;
import dev.vitrine.nn.data.Split;
import dev.vitrine.nn.data.Table;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.kernel.Device;
import dev.vitrine.xai.Subject;
import dev.vitrine.xai.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line's rows have the bits of the command line without a cluster. */
class SparkClusterTest {
  private static final List<String> CITIES = List.of("Oslo", "Paris", "Rome");

  @TempDir Path folder;

  @Test
  void namedMethodsOfACsvFile() throws IOException {
    Path train = csv("train.csv", 60);
    Path rows = csv("rows.csv", 90);
    Path file = folder.resolve("model.safetensors");
    List<String> methods = List.of("integrated-gradients", "expected-gradients", "smoothgrad");
    try (Split data = DataSets.load(train.toString(), null, "y", Set.of());
        Model m = Model.sequential(linear(5, 8), relu(), linear(8, 2)).init(3);
        Subject s = Subject.of(m, Device.standard())) {
      ModelFile.write(file, m, Map.of());
      var work =
          new Cluster.Work("local[2]", Map.of(), file, data, rows.toString(), null, methods, null);
      List<String> said =
          Cluster.found().explain(work, folder.resolve("out").toString(), Progress.silent());
      assertEquals("smoothgrad: 90 rows explained, 0 were there", said.getLast());
      Tensor x = Objects.requireNonNull(data.encoding()).inputs(Table.read(rows, Csv.named()));
      for (String method : methods) {
        var by = Methods.of(method, Reference.usual(data.train().inputs()));
        String out = folder.resolve("out").resolve(method).resolve("rows").toString();
        Same.bits(
            by.explain(s, x, Target.predicted()),
            Local.spark().read().parquet(out).orderBy("id").collectAsList(),
            method);
      }
    }
  }

  @Test
  void onlyMethodsThatCompareWithDataTakeThemAlong() {
    Tensor data = Given.x(1000);
    assertTrue(bytes("integrated-gradients", data) < 1000);
    assertTrue(bytes("expected-gradients", data) > 4 * data.size());
  }

  private static int bytes(String method, Tensor data) {
    return org.apache.commons.lang3.SerializationUtils.serialize(NamedMethod.of(method, data))
        .length;
  }

  private Path csv(String name, int n) throws IOException {
    var text = new StringBuilder("age,city,income,y\n");
    for (int i = 0; i < n; i++) {
      text.append(20 + i * 7 % 50).append(',').append(CITIES.get(i % 3)).append(',');
      text.append(i * 13 % 40 + 0.25).append(',').append(i % 2 == 0 ? "yes" : "no").append('\n');
    }
    return Files.writeString(folder.resolve(name), text);
  }
}
