package dev.vitrine.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.function.BooleanSupplier;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** An exception becomes one sentence and an exit code. */
final class Errors implements IExecutionExceptionHandler {
  private static final int BAD_INPUT = 2;
  private static final int OWN_ERROR = 3;

  private final BooleanSupplier stacktrace;

  Errors(BooleanSupplier stacktrace) {
    this.stacktrace = stacktrace;
  }

  static int badCommandLine(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    command
        .getErr()
        .printf(
            "vitrine: %s; %s --help shows what there is%n",
            e.getMessage(), command.getCommandSpec().qualifiedName());
    return BAD_INPUT;
  }

  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
    boolean input =
        e instanceof IOException
            || e instanceof UncheckedIOException
            || e instanceof IllegalArgumentException
            || e instanceof IllegalStateException;
    String sentence = input ? sentence(e) : "error of its own: " + e;
    boolean more = !input && !stacktrace.getAsBoolean();
    command.getErr().println("vitrine: " + sentence + (more ? " (--stacktrace shows where)" : ""));
    if (stacktrace.getAsBoolean()) {
      e.printStackTrace(command.getErr());
    }
    return input ? BAD_INPUT : OWN_ERROR;
  }

  private static String sentence(Exception e) {
    if (e instanceof UncheckedIOException && e.getCause() instanceof IOException cause) {
      return sentence(cause);
    }
    if (e instanceof NoSuchFileException f) {
      return f.getFile() + ": no such file";
    }
    if (e instanceof FileSystemException f) {
      String reason = f.getReason();
      return f.getFile() + ": " + (reason == null ? f.getClass().getSimpleName() : reason);
    }
    String message = e.getMessage();
    return message == null ? e.toString() : message;
  }
}
