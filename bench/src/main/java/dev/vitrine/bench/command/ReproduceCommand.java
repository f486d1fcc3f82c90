package dev.vitrine.bench.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.vitrine.bench.experiment.Experiments;
import dev.vitrine.bench.experiment.Reproduced;
import dev.vitrine.bench.experiment.ReproducedPage;
import dev.vitrine.bench.run.Progress;
import dev.vitrine.bench.run.Training;
import dev.vitrine.tensor.io.AtomicFile;
import dev.vitrine.tensor.kernel.Device;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vitrine reproduce [NAME…]}: experiments done again, and whether the same came out. */
@Command(
    name = "reproduce",
    mixinStandardHelpOptions = true,
    description = {
      "Do experiments again and compare hashes and figures with those on record.",
      "The answer is: same bits; same within so much; or different, and where first.",
      "The exit code is 1 if one is different."
    })
public final class ReproduceCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..*",
      paramLabel = "NAME",
      description = "Experiments, or files that end in .toml; without one, all there are.")
  private List<String> names = List.of();

  @Option(names = "--list", description = "Says what there is, and does nothing.")
  private boolean list;

  @Option(
      names = "--record",
      description = "Puts what comes out on record: writes FILE.json beside each FILE.toml.")
  private boolean record;

  @Option(names = "--json", paramLabel = "FILE", description = "Writes the answers for machines.")
  private @Nullable Path json;

  @Option(names = "--page", paramLabel = "FILE", description = "Writes the answers for people.")
  private @Nullable Path page;

  @Option(names = "--data-dir", paramLabel = "DIR", description = "Where public data sets lie.")
  private @Nullable Path dir;

  @Mixin private DeviceOption device = new DeviceOption();

  @Mixin private ProgressOption progress = new ProgressOption();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    List<String> all = names.isEmpty() ? Experiments.names() : names;
    for (String name : all) {
      String about = Experiments.named(name).about(); // refused before anything is done
      if (list) {
        out.printf("%-22s %s%n", name, about);
      }
      if (record && !name.endsWith(".toml")) {
        throw new IllegalArgumentException(
            "--record %s: name the file, such as bench/experiments/%s.toml".formatted(name, name));
      }
    }
    if (list) {
      return 0;
    }
    for (String name : record ? all : List.<String>of()) {
      OutputFile.refuseUnwritable("--record", Path.of(name));
    }
    OutputFile.refuseUnwritable("--json", json);
    OutputFile.refuseUnwritable("--page", page);
    Device where = device.device();
    out.println("device: " + where);
    var done = new ArrayList<Reproduced>();
    try {
      for (String name : all) {
        Reproduced r =
            Experiments.reproduce(name, dir, where, (part, unit) -> shown(name, part, unit));
        out.print(r.text());
        out.flush();
        done.add(r);
        if (record) {
          out.println("on record: " + Experiments.record(Path.of(name), r.now()));
        }
      }
    } catch (CancellationException e) {
      return Training.STOPPED;
    } finally {
      write(done, where);
    }
    return record || done.stream().allMatch(r -> r.verdict().good()) ? 0 : 1;
  }

  private Progress shown(String name, String part, String unit) {
    return new Progress(spec.commandLine().getErr(), progress.style(), name + ", " + part, unit);
  }

  /** Also what was done before an error. */
  private void write(List<Reproduced> done, Device where) throws IOException {
    if (json != null) {
      Map<String, Object> all = new LinkedHashMap<>();
      all.put("device", where.toString());
      all.put("experiments", done.stream().map(ReproduceCommand::answer).toList());
      var mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
      String text = mapper.writeValueAsString(all) + "\n";
      AtomicFile.write(json, text.getBytes(StandardCharsets.UTF_8));
    }
    if (page != null) {
      String html = ReproducedPage.html(done, where, names);
      AtomicFile.write(page, html.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static Map<String, Object> answer(Reproduced r) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("name", r.name());
    answer.put("verdict", r.verdict().getClass().getSimpleName());
    answer.put("says", r.verdict().toString());
    answer.put("seconds", r.seconds());
    answer.put("outcome", r.now());
    return answer;
  }
}
