package dev.vitrine.xai.spark;

import dev.vitrine.nn.Model;
import dev.vitrine.tensor.kernel.Device;
import dev.vitrine.xai.Explainer;
import dev.vitrine.xai.Subject;
import dev.vitrine.xai.Target;
import dev.vitrine.xai.metric.Metric;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.TaskContext;

/**
 * What a process has opened for its tasks: of each job one subject with its programs, and one
 * explainer. The last job's stays open for the tasks to come.
 */
final class Opened implements AutoCloseable {
  private static final Map<String, Opened> ALL = new LinkedHashMap<>();

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> leaveAllBut(""), "vitrine"));
  }

  private final Model model;
  final Subject subject;
  final Explainer explainer;
  final Target target;
  final List<? extends Metric> metrics;
  private int users;

  private Opened(ExplainJob job) throws IOException {
    model = job.model().open();
    subject = job.subject(model, device());
    explainer = job.explainer().make();
    target = job.target().make();
    metrics = job.metrics().stream().map(Recipe::make).toList();
  }

  /** As many threads as a task has cores: the others belong to other tasks. */
  private static Device device() {
    TaskContext task = TaskContext.get();
    return Device.of(Device.standard().backend().name(), task == null ? 1 : task.cpus());
  }

  /** What the job known as {@code key} needs, opened at first use. */
  static Opened borrow(String key, ExplainJob job) throws IOException {
    synchronized (ALL) {
      Opened opened = ALL.get(key);
      if (opened == null) {
        leaveAllBut(key);
        opened = new Opened(job);
        ALL.put(key, opened);
      }
      opened.users++;
      return opened;
    }
  }

  /** Frees what no task uses. */
  private static void leaveAllBut(String key) {
    synchronized (ALL) {
      ALL.entrySet()
          .removeIf(e -> {
            boolean left = e.getValue().users == 0 && !e.getKey().equals(key);
            if (left) {
              e.getValue().subject.close();
              e.getValue().model.close();
            }
            return left;
          });
    }
  }

  /** A task needs it no longer. */
  @Override
  public void close() {
    synchronized (ALL) {
      users--;
    }
  }
}
