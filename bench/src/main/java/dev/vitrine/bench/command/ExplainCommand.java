package dev.vitrine.bench.command;

import dev.vitrine.bench.run.Cluster;
import dev.vitrine.bench.run.Explanations;
import dev.vitrine.bench.run.ModelFiles;
import dev.vitrine.bench.run.Progress;
import dev.vitrine.bench.run.Range;
import dev.vitrine.bench.run.Reference;
import dev.vitrine.bench.run.Rows;
import dev.vitrine.bench.run.RunFolder;
import dev.vitrine.bench.run.Runs;
import dev.vitrine.bench.run.Training;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.data.Dataset;
import dev.vitrine.nn.data.Split;
import dev.vitrine.tensor.kernel.Device;
import dev.vitrine.xai.Target;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code vitrine explain MODEL --data NAME --rows 0-9 --method …}: attributions as npy, and
 * pictures; {@code --input FILE}: those of any number of rows, in shards, or with {@code --cluster}
 * on many machines.
 */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description = "Explain test rows of a data set with a model file.")
public final class ExplainCommand implements Callable<Integer> {
  @Parameters(paramLabel = "MODEL", description = ModelFiles.KINDS + ".")
  private Path file = Path.of("");

  @Mixin private DataOptions data = new DataOptions();

  @Option(
      names = "--rows",
      paramLabel = "A-B",
      description = "Test rows; without it the first one of each class. In shards: all rows.")
  private @Nullable String rows;

  @Mixin private ShardOptions shards = new ShardOptions();

  @Mixin private ClusterOptions cluster = new ClusterOptions();

  @Mixin private MethodOption methods = new MethodOption();

  @Option(
      names = "--target",
      paramLabel = "CLASS",
      description = "A class number; without it the predicted class.")
  private @Nullable Integer target;

  @Mixin private DeviceOption device = new DeviceOption();

  @Mixin private ProgressOption progress = new ProgressOption();

  @Option(names = "--out", paramLabel = "DIR", description = "Where to write.")
  private Path folder = Path.of("runs", "explained");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    String name = data.needed();
    Device where = device.device();
    methods.check();
    shards.check();
    cluster.check(shards);
    String unit = shards.given() ? "rows" : "methods"; // with --cluster too
    var shown = new Progress(spec.commandLine().getErr(), progress.style(), "explain", unit);
    Range range = rows == null ? null : Range.parse("--rows", rows);
    try (shown;
        Model model = ModelFiles.read(file);
        Split split = data.load()) {
      Target towards = towards(Runs.outputs(model, name, split));
      if (cluster.given()) {
        return onCluster(model, split, shown);
      }
      if (shards.given()) {
        return sharded(model, split, range, towards, where, shown);
      }
      int[] which = which(range, split.test());
      RunFolder to = RunFolder.at(folder);
      Dataset test = split.test();
      List<String> chosen = methods.chosen(List.of(model), test.inputs().shape());
      Reference usual = Reference.usual(split.train().inputs());
      var explained = Explanations.of(model, test, usual, which, chosen, towards, where, shown);
      explained.write(to, file, where);
      explained.byMethod().values().forEach(a -> out.println(a.summary()));
      out.println("written to " + to.path());
      out.flush();
      return 0;
    }
  }

  private int onCluster(Model model, Split split, Progress shown) throws IOException {
    if (rows != null) {
      throw new IllegalArgumentException(
          "--cluster explains all rows of --input; leave --rows out");
    }
    List<String> chosen = methods.chosen(List.of(model), split.test().inputs().shape());
    var work = cluster.work(file, split, shards.checkInputAlone(), chosen, target);
    PrintWriter out = spec.commandLine().getOut();
    Cluster.found().explain(work, folder.toString(), shown).forEach(out::println);
    out.println("written to " + folder);
    out.flush();
    return 0;
  }

  private int sharded(
      Model model, Split split, @Nullable Range range, Target towards, Device where, Progress shown)
      throws IOException {
    try (Rows rows = shards.rows(split)) {
      List<String> chosen = methods.chosen(List.of(model), rows.shape());
      var work = shards.work(rows, range, split, chosen, towards);
      RunFolder to = RunFolder.at(folder);
      var done = work.into(to, model, where, shown);
      if (done.stopped()) {
        return Training.STOPPED;
      }
      PrintWriter out = spec.commandLine().getOut();
      out.printf(
          "rows %d to %d in %d shards: %d files written, %d were there%n",
          work.from(), work.to() - 1, done.shards(), done.made(), done.kept());
      out.println("written to " + to.path());
      out.flush();
      return 0;
    }
  }

  private Target towards(int outputs) {
    if (target == null) {
      return Target.predicted();
    }
    if (target < 0 || target >= outputs) {
      throw new IllegalArgumentException(
          "--target %d: the outputs of this model are numbered 0 to %d"
              .formatted(target, outputs - 1));
    }
    return Target.of(target);
  }

  private static int[] which(@Nullable Range range, Dataset test) {
    if (range == null) {
      return Explanations.oneOfEach(test);
    }
    range.refuseBeyond("--rows", test);
    return range.values();
  }
}
