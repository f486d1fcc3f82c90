package dev.vitrine.bench.peers;

import dev.vitrine.bench.run.Interrupt;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bench/peers}: the table of ours against other engines. */
@Command(
    name = "peers",
    mixinStandardHelpOptions = true,
    description = "Time whole workloads, ours against other engines, on one thread of one core.")
final class PeerBenchmark implements Callable<Integer> {
  private static final int STOPPED = 130;
  private static final int BAD_INPUT = 2;

  @Parameters(paramLabel = "FOLDER", description = "Where the engines were built.", hidden = true)
  private Path peers = Path.of("");

  @Option(names = "--engines", paramLabel = "NAME", split = ",", description = "Only these.")
  private List<String> engines = new ArrayList<>();

  @Option(names = "--workloads", paramLabel = "ID", split = ",", description = "Only these.")
  private List<String> workloads = new ArrayList<>();

  @Option(
      names = "--rounds",
      description = "Slices per engine, workload and pass (standard: ${DEFAULT-VALUE}).")
  private int rounds = 15;

  @Option(
      names = "--passes",
      description = "Times that all engines are started anew (standard: ${DEFAULT-VALUE}).")
  private int passes = 3;

  @Option(
      names = "--warm-up",
      paramLabel = "MS",
      description = "Before the first slice, at least (standard: ${DEFAULT-VALUE}).")
  private long warmUp = 1500;

  @Option(
      names = "--slice",
      paramLabel = "MS",
      description = "Of one engine in one round (standard: ${DEFAULT-VALUE}).")
  private long slice = 150;

  @Option(
      names = "--core",
      description = "The processor core that everything runs on (standard: the last).")
  private int core = Runtime.getRuntime().availableProcessors() - 1;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description =
          "Where results go (standard: bench/results/peers.json, or with any option"
              + " bench/target/peers.json).")
  private Path json = Path.of("");

  @Spec private CommandSpec spec = CommandSpec.create();

  private PeerBenchmark() {}

  public static void main(String[] args) {
    var command = new CommandLine(new PeerBenchmark()).setOverwrittenOptionsAllowed(true);
    command.setExecutionExceptionHandler((e, c, _) -> {
      if (!(e instanceof IllegalArgumentException || e instanceof IOException)) {
        throw e;
      }
      c.getErr().println("peers: " + e.getMessage());
      return BAD_INPUT;
    });
    System.exit(command.execute(args));
  }

  @Override
  public Integer call() throws IOException {
    for (int n : List.of(rounds, passes)) {
      if (n < 1) {
        throw new IllegalArgumentException(n + " rounds or passes: at least 1 is needed");
      }
    }
    Path file = json.toAbsolutePath();
    if (Files.isDirectory(file) || !Files.isDirectory(file.resolveSibling(""))) {
      throw new IllegalArgumentException(
          "--json %s: no file can be written there; name one in a folder that exists"
              .formatted(json));
    }
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    Path logs = Files.createDirectories(peers.resolve("target"));
    var settings = new Conductor.Settings(rounds, passes, warmUp, slice, core);
    var conductor =
        new Conductor(settings, contenders(), chosenWorkloads(), logs, file, err::println);
    boolean[] interrupted = {false};
    try (var _ =
        Interrupt.calls(() -> {
          interrupted[0] = true;
          conductor.stop();
        })) {
      out.println(conductor.run().table());
      out.flush();
    }
    return interrupted[0] ? STOPPED : 0;
  }

  private List<Contender> contenders() {
    Map<String, Contender> all = Contender.all(peers);
    List<String> names = engines.isEmpty() ? Contender.standard(all) : engines;
    var chosen = new ArrayList<Contender>();
    for (String name : names) {
      Contender c = all.get(name);
      if (c == null) {
        throw new IllegalArgumentException(
            "no engine is called \"%s\"; there are %s"
                .formatted(name, String.join(",", all.keySet())));
      }
      chosen.add(c);
    }
    return chosen;
  }

  private List<Workload> chosenWorkloads() {
    return workloads.isEmpty() ? Workload.ALL : workloads.stream().map(Workload::of).toList();
  }
}
