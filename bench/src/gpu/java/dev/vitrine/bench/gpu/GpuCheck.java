package dev.vitrine.bench.gpu;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vitrine.bench.conformance.Suite;
import dev.vitrine.tensor.io.AtomicFile;
import dev.vitrine.tensor.kernel.Device;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** First the bits, then the time: on a GPU, or in small on the CUDA driver without one. */
@Command(
    name = "gpu-check",
    mixinStandardHelpOptions = true,
    description = "Check the CUDA backend bit by bit, and time it against PyTorch.")
final class GpuCheck implements Callable<Integer> {
  @Option(names = "--golden", paramLabel = "FOLDER", description = "Golden cases to run as well.")
  private @Nullable Path golden;

  @Option(names = "--torch", paramLabel = "FILE", description = "The peer's part, in Python.")
  private @Nullable Path torch;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Where results go (standard: ${DEFAULT-VALUE}).")
  private Path json = Path.of("gpu-check.json");

  @Option(names = "--small", description = "For a driver without a GPU: times that say nothing.")
  private boolean small;

  @Spec private CommandSpec spec = CommandSpec.create();

  private GpuCheck() {}

  public static void main(String[] args) {
    System.exit(new CommandLine(new GpuCheck()).execute(args));
  }

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    ObjectNode result = new ObjectMapper().createObjectNode();
    Device device = Device.of("cuda", 1);
    say(out, result, "device", device.backend().description());

    Tests tests = Tests.run(out);
    say(out, result, "tests", "%d passed, %d failed".formatted(tests.passed(), tests.failed()));
    boolean good = tests.failed() == 0 && tests.passed() > 0;

    if (golden != null) {
      var report = Suite.open(golden).run(device);
      String[] lines = report.text().strip().split("\n");
      say(out, result, "conformance", lines[lines.length - 1]);
      good &= report.good();
    }

    var peer = torch == null ? new Torch("not asked for", Map.of()) : Torch.run(torch);
    say(out, result, "torch", peer.version());
    var timing = Timing.of(device, small);
    var figures = result.putArray("figures");
    for (Figure f : figures(timing, peer)) {
      out.println(f.line());
      figures.addPOJO(f);
    }
    out.flush();
    byte[] text =
        new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(result).getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(json, file -> file.write(text));
    return good ? 0 : 1;
  }

  private static void say(PrintWriter out, ObjectNode result, String what, String finding) {
    out.printf("%-12s %s%n", what, finding);
    out.flush();
    result.put(what, finding);
  }

  private static List<Figure> figures(Timing timing, Torch peer) {
    var all = new ArrayList<Figure>();
    timing
        .seconds()
        .forEach(
            (name, s) ->
                all.add(new Figure(name, timing.flops(name), s, peer.seconds().getOrDefault(name, Map.of()))));
    return all;
  }
}
