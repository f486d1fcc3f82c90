package dev.vitrine.bench.fuzz;

import dev.vitrine.bench.experiment.Experiments;
import dev.vitrine.bench.report.RunRecord;
import dev.vitrine.bench.run.Rows;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.ModelFile;
import dev.vitrine.nn.data.Csv;
import dev.vitrine.nn.data.DataDir;
import dev.vitrine.nn.data.Encoding;
import dev.vitrine.nn.data.Mnist;
import dev.vitrine.nn.data.Roles;
import dev.vitrine.nn.data.Split;
import dev.vitrine.nn.data.Table;
import dev.vitrine.nn.layer.Specification;
import dev.vitrine.nn.onnx.Onnx;
import dev.vitrine.nn.torch.TorchWeights;
import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.io.Npy;
import dev.vitrine.tensor.io.Npz;
import dev.vitrine.tensor.io.Safetensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Everything that reads files of others: from one file in a folder. */
enum Reader {
  IDX("mnist/train-images-idx3-ubyte", folder -> Mnist.load(DataDir.of(folder)).close()),
  NPY("x.npy", folder -> inMemory(m -> Npy.read(folder.resolve("x.npy"), m))),
  NPZ("x.npz", folder -> inMemory(m -> Npz.read(folder.resolve("x.npz"), m))),
  SAFETENSORS(
      "x.safetensors",
      folder -> inMemory(m -> Safetensors.read(folder.resolve("x.safetensors"), m))),
  CSV("x.csv", Reader::table),
  MODEL("model.safetensors", f -> ModelFile.read(f.resolve("model.safetensors")).close()),
  TORCH("torch.safetensors", Reader::torch),
  CHECKPOINT("checkpoint.safetensors", Opened::resumed),
  ONNX("x.onnx", folder -> Onnx.read(folder.resolve("x.onnx")).close()),
  NPY_ROWS("rows.npy", folder -> rows(folder.resolve("rows.npy"))),
  CSV_ROWS("rows.csv", folder -> rows(folder.resolve("rows.csv"))),
  RUN("run.json", RunRecord::read),
  SHARDS("shards/run.json", Opened::continued),
  EXPERIMENT("x.toml", folder -> Experiments.named(folder.resolve("x.toml").toString())),
  HTTP("request", Opened::answered);

  private static final int SHARD = 2;

  /** What is done with a folder that holds the file. */
  interface Reading {
    void from(Path folder) throws IOException;
  }

  /** What is done with memory that is given back. */
  private interface Filling {
    void into(Memory memory) throws IOException;
  }

  private final String file;
  private final Reading reading;

  Reader(String file, Reading reading) {
    this.file = file;
    this.reading = reading;
  }

  /** The file that is read. */
  Path file(Path folder) {
    return folder.resolve(file);
  }

  void read(Path folder) throws IOException {
    reading.from(folder);
  }

  static Reader named(String name) {
    return Stream.of(values())
        .filter(r -> r.toString().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "there is no reader %s; there are %s".formatted(name, List.of(values()))));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static void inMemory(Filling filling) throws IOException {
    try (var memory = new Memory("fuzzed")) {
      filling.into(memory);
    }
  }

  private static void table(Path folder) throws IOException {
    Table table = Table.read(folder.resolve("x.csv"), Csv.named());
    int train = Math.max(1, table.rows().size() / 2);
    String label = table.column(-1);
    try (Split split = Encoding.split(table, train, Roles.label(label))) {
      split.train().classes();
    }
  }

  /** A shard at a time, as explanations of any number of rows read them. */
  private static void rows(Path file) throws IOException {
    try (Rows rows = Rows.of(file, Opened.Trained.TABLE)) {
      int count = rows.shape().dim(0);
      for (int from = 0; from < count; from += SHARD) {
        int at = from;
        inMemory(memory -> rows.read(at, Math.min(at + SHARD, count), memory));
      }
    }
  }

  private static void torch(Path folder) throws IOException {
    try (Model model = new Model(Specification.parse(Examples.LAYERS))) {
      TorchWeights.load(model, folder.resolve("torch.safetensors"), 1);
    }
  }
}
