package dev.vitrine.bench.run;

import dev.vitrine.nn.Model;
import dev.vitrine.tensor.DType;
import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.io.Npy;
import dev.vitrine.tensor.io.TensorHash;
import dev.vitrine.tensor.kernel.Device;
import dev.vitrine.xai.Attribution;
import dev.vitrine.xai.Explainer;
import dev.vitrine.xai.Question;
import dev.vitrine.xai.Subject;
import dev.vitrine.xai.Target;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Any number of rows explained, a shard of them at a time: memory depends on the shard alone.
 *
 * <p>Rows have their numbers in the input, on which random numbers depend; so a row has the same
 * attribution, bit for bit, in whatever shard and range it is explained.
 *
 * @param from the first row
 * @param to the row behind the last
 * @param features names of the columns; empty if they have none
 * @param shard rows of a shard
 */
public record ShardedExplanations(
    Rows rows,
    int from,
    int to,
    List<String> features,
    Reference reference,
    List<String> methods,
    Target target,
    int shard,
    ShardFormat format) {
  /** The usual shard: a kill costs seconds, and a million rows are some sixty files. */
  private static final int MOST_ROWS = 1 << 14;

  private static final int LEAST_ROWS = 1 << 4;
  private static final long USUAL_BYTES = 4 << 20;

  /** The largest power of two of rows that take 4 MiB; not more than 16 384, not less than 16. */
  public static int usualShard(Shape rows) {
    long row = rows.with(0, 1).size() * DType.BYTES;
    return Math.clamp(Long.highestOneBit(USUAL_BYTES / row), LEAST_ROWS, MOST_ROWS);
  }

  /** How far it came: shards in all, files that were made and that were there. */
  public record Outcome(int shards, int made, int kept, boolean stopped) {}

  /** Explains what is not there yet; Ctrl-C ends it after the file under way. */
  public Outcome into(RunFolder folder, Model model, Device device, Progress progress)
      throws IOException {
    Map<String, Explainer> by = new LinkedHashMap<>();
    methods.forEach(m -> by.put(m, Methods.of(m, reference)));
    try (Subject subject = Subject.of(model, device);
        Shards shards = Shards.open(folder, configuration(subject, by), Environment.of(device))) {
      var work = new Work(subject, by, shards, progress);
      try (var _ = Interrupt.calls(() -> work.stopped = true)) {
        for (int k = 0; k < count() && !work.stopped; k++) {
          work.shard(k);
        }
        if (work.stopped) {
          progress.line("stopped; the same command goes on");
        } else {
          shards.finish();
        }
        return new Outcome(count(), work.made, work.kept, work.stopped);
      }
    }
  }

  private int count() {
    return Math.ceilDiv(to - from, shard);
  }

  /** What decides the bits of the files, but for the rows themselves: each shard has their hash. */
  private Map<String, Object> configuration(Subject subject, Map<String, Explainer> by) {
    Map<String, Object> c = new LinkedHashMap<>();
    c.put("model", subject.hash());
    c.put("input", rows.name());
    c.put("rows", to == rows.shape().dim(0) ? "from " + from : from + "-" + (to - 1));
    c.put("target", target.toString());
    c.put("shard", shard);
    c.put("format", format.toString());
    c.put("compared_with", TensorHash.of(reference.data()));
    Map<String, Object> settings = new LinkedHashMap<>();
    by.forEach((name, e) -> {
      // sorted: the order of a Map.of differs from process to process
      Map<String, String> all = new TreeMap<>(e.settings());
      all.put("method", e.name());
      settings.put(name, all);
    });
    c.put("methods", settings);
    return c;
  }

  /** A run under way. */
  private final class Work {
    final Subject subject;
    final Map<String, Explainer> by;
    final Shards shards;
    final Progress progress;
    final long started = System.nanoTime();
    volatile boolean stopped;
    int made;
    int kept;
    long explained;

    Work(Subject subject, Map<String, Explainer> by, Shards shards, Progress progress) {
      this.subject = subject;
      this.by = by;
      this.shards = shards;
      this.progress = progress;
    }

    void shard(int k) throws IOException {
      int first = from + k * shard;
      int last = (int) Math.min((long) first + shard, to);
      try (Memory memory = new Memory(rows.name())) {
        Tensor x = rows.read(first, last, memory);
        Rows.refuseInfinite(rows.name(), first, x);
        String inputs = TensorHash.of(x);
        if (format == ShardFormat.NPY) {
          file(
              "target",
              k,
              first,
              last,
              inputs,
              path -> {
                try (Question q = Question.of(subject, x, first, target)) {
                  Npy.write(path, memory.ints(Shape.of(last - first), q.classes()));
                }
              });
        }
        int m = 0;
        for (var e : by.entrySet()) {
          if (stopped) {
            return;
          }
          show(first - from + (long) (last - first) * m++ / by.size(), e.getKey());
          file(
              e.getKey(),
              k,
              first,
              last,
              inputs,
              path -> {
                Attribution a = e.getValue().explain(subject, x, first, target);
                format.write(path, first, features, a);
                a.values().owner().close();
                explained += last - first;
              });
        }
      }
    }

    private void file(String name, int k, int first, int last, String inputs, Shards.Writer writer)
        throws IOException {
      String file = "%s-%06d.%s".formatted(name, k, format);
      if (shards.has(file, inputs)) {
        kept++;
      } else {
        shards.make(file, first, last, inputs, writer);
        made++;
      }
    }

    /** The rate is that of rows that were explained, not found. */
    private void show(long done, String method) {
      if (progress.due()) {
        double rate = explained / (double) by.size() / ((System.nanoTime() - started) * 1e-9);
        progress.show(done, to - from, rate, Map.of("method", method));
      }
    }
  }
}
