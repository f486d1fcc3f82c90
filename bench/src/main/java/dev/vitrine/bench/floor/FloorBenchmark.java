package dev.vitrine.bench.floor;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.vitrine.bench.measure.Quartiles;
import dev.vitrine.bench.run.DataSets;
import dev.vitrine.nn.data.Split;
import dev.vitrine.tensor.io.AtomicFile;
import dev.vitrine.tensor.kernel.Device;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench/floors}: explanations and the work that they can't do without, in turns. */
@Command(
    name = "floors",
    mixinStandardHelpOptions = true,
    description = "Time explanations beside the outputs and the fit that they need, in turns.")
final class FloorBenchmark implements Callable<Integer> {
  private static final int BAD_INPUT = 2;
  private static final int DIGITS = 10;

  /** Nanoseconds after which both are compiled. */
  private static final long WARM = 3_000_000_000L;

  @Option(names = "--rounds", description = "Of each explanation (standard: ${DEFAULT-VALUE}).")
  private int rounds = 15;

  @Option(
      names = "--data",
      paramLabel = "NAME",
      description = "Whose first test images are explained (standard: ${DEFAULT-VALUE}).")
  private String data = "mnist";

  @Option(names = "--json", paramLabel = "FILE", description = "Where results go.", required = true)
  private Path json = Path.of("");

  private FloorBenchmark() {}

  /**
   * A line.
   *
   * @param micros of an explanation, the median
   * @param ratio to the time of what it needs, quartiles over the rounds
   */
  record Row(String explanation, double micros, Quartiles ratio) {}

  public static void main(String[] args) {
    var command = new CommandLine(new FloorBenchmark()).setOverwrittenOptionsAllowed(true);
    command.setExecutionExceptionHandler((e, c, _) -> {
      if (!(e instanceof IllegalArgumentException || e instanceof IOException)) {
        throw e;
      }
      c.getErr().println("floors: " + e.getMessage());
      return BAD_INPUT;
    });
    System.exit(command.execute(args));
  }

  @Override
  public Integer call() throws IOException {
    if (rounds < 1) {
      throw new IllegalArgumentException("--rounds " + rounds + ": at least 1 is needed");
    }
    Device device = Device.of(Device.standard().backend().name(), 1);
    System.out.printf("%s%n%n%-34s %s%n", device, "explanation", "time / what it needs");
    var rows = new ArrayList<Row>();
    try (Split split = DataSets.load(data, null)) {
      for (Floor f : Floor.all(split.test().inputs().rows(0, DIGITS), device)) {
        try (f) {
          Row row = measure(f);
          System.out.println(text(row));
          rows.add(row);
        }
      }
    }
    byte[] bytes =
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsBytes(rows);
    AtomicFile.write(json, out -> out.write(bytes));
    return 0;
  }

  private Row measure(Floor f) {
    long start = System.nanoTime();
    do {
      f.explain();
      f.need();
    } while (System.nanoTime() - start < WARM);
    var micros = new ArrayList<Double>();
    var ratios = new ArrayList<Double>();
    for (int r = 0; r < rounds; r++) {
      double needed = r % 2 == 0 ? micros(f::need) : 0;
      double explained = micros(f::explain);
      needed = r % 2 == 0 ? needed : micros(f::need);
      micros.add(explained);
      ratios.add(explained / needed);
    }
    return new Row(f.name(), Quartiles.of(micros).median(), Quartiles.of(ratios));
  }

  /** On the clock. */
  private static double micros(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) * 1e-3;
  }

  private static String text(Row r) {
    return String.format(
        Locale.ROOT,
        "%-34s %.2f (%.2f … %.2f)",
        r.explanation(),
        r.ratio().median(),
        r.ratio().lower(),
        r.ratio().upper());
  }
}
