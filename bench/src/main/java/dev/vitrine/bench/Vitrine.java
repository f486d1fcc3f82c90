package dev.vitrine.bench;

import dev.vitrine.bench.command.CompareCommand;
import dev.vitrine.bench.command.ConformanceCommand;
import dev.vitrine.bench.command.DecoyCommand;
import dev.vitrine.bench.command.DoctorCommand;
import dev.vitrine.bench.command.EvalCommand;
import dev.vitrine.bench.command.ExplainCommand;
import dev.vitrine.bench.command.ExportCommand;
import dev.vitrine.bench.command.GalleryCommand;
import dev.vitrine.bench.command.ImportCommand;
import dev.vitrine.bench.command.JshellCommand;
import dev.vitrine.bench.command.QuickstartCommand;
import dev.vitrine.bench.command.ReportCommand;
import dev.vitrine.bench.command.ReproduceCommand;
import dev.vitrine.bench.command.ScoreCommand;
import dev.vitrine.bench.command.StudioCommand;
import dev.vitrine.bench.command.TrainCommand;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/**
 * {@code vitrine COMMAND …}: the command line.
 *
 * <p>Exit codes: 0 all is well, 1 the answer is no (a case failed), 2 bad input, 3 an error of
 * Vitrine itself, 130 stopped by Ctrl-C. Errors are one sentence on standard error; {@code
 * --stacktrace} adds where they come from.
 */
@Command(
    name = "vitrine",
    description = "A tensor engine whose inside can be looked at from every side.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {
      QuickstartCommand.class,
      TrainCommand.class,
      EvalCommand.class,
      ExplainCommand.class,
      ScoreCommand.class,
      CompareCommand.class,
      ReportCommand.class,
      ReproduceCommand.class,
      StudioCommand.class,
      ImportCommand.class,
      ExportCommand.class,
      DecoyCommand.class,
      JshellCommand.class,
      GalleryCommand.class,
      DoctorCommand.class,
      ConformanceCommand.class
    })
public final class Vitrine implements Runnable {
  @Option(
      names = "--stacktrace",
      scope = ScopeType.INHERIT,
      description = "With an error, show where it comes from.")
  private boolean stacktrace;

  @Spec private CommandSpec spec = CommandSpec.create();

  private Vitrine() {}

  public static void main(String[] args) {
    int code = run(writer(System.out), writer(System.err), args);
    if (code == 0 && System.out.checkError()) {
      System.err.println("vitrine: not all output could be written; is the disk full?");
      code = Errors.BAD_INPUT;
    }
    System.exit(code);
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, stream.charset()), true);
  }

  /** Runs a command line and returns its exit code. */
  public static int run(PrintWriter out, PrintWriter err, String... args) {
    var command = commandLine();
    Vitrine vitrine = command.getCommand();
    var errors = new Errors(() -> vitrine.stacktrace);
    command
        .setOut(out)
        .setErr(err)
        .setParameterExceptionHandler(Errors::badCommandLine)
        .setExecutionExceptionHandler(errors);
    try {
      return command.execute(args);
    } catch (Error e) { // picocli hands on exceptions, but not errors
      return errors.handle(e, err);
    }
  }

  /** All commands and their options, with nothing read yet. */
  public static CommandLine commandLine() {
    return new CommandLine(new Vitrine());
  }

  /** Without a command: what commands there are. */
  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
