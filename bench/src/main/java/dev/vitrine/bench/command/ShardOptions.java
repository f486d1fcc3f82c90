package dev.vitrine.bench.command;

import dev.vitrine.bench.run.Range;
import dev.vitrine.bench.run.Reference;
import dev.vitrine.bench.run.Rows;
import dev.vitrine.bench.run.ShardFormat;
import dev.vitrine.bench.run.ShardedExplanations;
import dev.vitrine.nn.data.Split;
import dev.vitrine.xai.Target;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --input FILE}, {@code --shard N}, {@code --format npy|csv}: rows of any number. */
final class ShardOptions {
  @Option(
      names = "--input",
      paramLabel = "FILE",
      description = {
        "Rows to explain instead of test rows, any number of them: a .csv file with the columns of",
        "--data, or a .npy file, float32 [n, ...], with the numbers that the model takes."
      })
  private @Nullable Path input;

  @Option(
      names = "--shard",
      paramLabel = "N",
      description = "Rows of each file that is written; a run that was killed goes on behind them.")
  private @Nullable Integer shard;

  @Option(names = "--format", paramLabel = "NAME", description = "Of shards: npy or csv.")
  private @Nullable String format;

  /** Whether shards are to be written. */
  boolean given() {
    return input != null || shard != null || format != null;
  }

  /** What {@code --input} says; where the others have no say, they are refused. */
  String checkInputAlone() {
    if (input == null || shard != null || format != null) {
      throw new IllegalArgumentException(
          "--cluster: the rows of --input FILE are explained, and written as Parquet;"
              + " leave --shard and --format out");
    }
    return input.toString();
  }

  /** Refuses what there is not. */
  void check() {
    if (shard != null && shard < 1) {
      throw new IllegalArgumentException("--shard " + shard + ": at least 1 is needed");
    }
    chosen();
  }

  private ShardFormat chosen() {
    return format == null ? ShardFormat.NPY : ShardFormat.named(format);
  }

  /** Where the rows come from. */
  Rows rows(Split split) throws IOException {
    return input == null ? new Rows.Loaded(split.test()) : Rows.of(input, split);
  }

  /** What is to be explained. */
  ShardedExplanations work(
      Rows rows, @Nullable Range range, Split split, List<String> methods, Target target) {
    int n = rows.shape().dim(0);
    if (n == 0) {
      throw new IllegalArgumentException(rows.name() + " has no rows");
    }
    if (range != null) {
      range.refuseBeyond("--rows", rows.name(), n);
    }
    return new ShardedExplanations(
        rows,
        range == null ? 0 : range.from(),
        range == null ? n : range.to() + 1,
        split.train().features(),
        Reference.usual(split.train().inputs()),
        methods,
        target,
        shard == null ? ShardedExplanations.usualShard(rows.shape()) : shard,
        chosen());
  }
}
