package dev.vitrine.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.function.BooleanSupplier;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** An exception becomes one sentence and an exit code. */
final class Errors implements IExecutionExceptionHandler {
  static final int BAD_INPUT = 2;
  private static final int OWN_ERROR = 3;

  /** Characters of a sentence; of a longer one the beginning and the end are said. */
  private static final int LONGEST = 2000;

  private final BooleanSupplier stacktrace;

  Errors(BooleanSupplier stacktrace) {
    this.stacktrace = stacktrace;
  }

  static int badCommandLine(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    say(
        command.getErr(),
        "%s; %s --help shows what there is"
            .formatted(problem(e, command), command.getCommandSpec().qualifiedName()));
    return BAD_INPUT;
  }

  private static String problem(ParameterException e, CommandLine command) {
    if (!(e instanceof UnmatchedArgumentException u) || u.isUnknownOption()) {
      return String.valueOf(e.getMessage());
    }
    String word = u.getUnmatched().getFirst();
    return command.getSubcommands().isEmpty()
        ? "\"%s\" is one word too many".formatted(word)
        : "no command is called \"%s\"; there are %s"
            .formatted(word, command.getSubcommands().keySet());
  }

  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
    return handle(e, command.getErr());
  }

  /** Says what went wrong; the exit code. */
  int handle(Throwable e, PrintWriter err) {
    boolean input =
        switch (e) {
          case IOException _,
              UncheckedIOException _,
              IllegalArgumentException _,
              IllegalStateException _,
              ArithmeticException _,
              OutOfMemoryError _ ->
              true;
          default -> false;
        };
    String sentence = input ? sentence(e) : "error of its own: " + e;
    boolean more = !input && !stacktrace.getAsBoolean();
    say(err, sentence + (more ? " (--stacktrace shows where)" : ""));
    if (stacktrace.getAsBoolean()) {
      e.printStackTrace(err);
    }
    return input ? BAD_INPUT : OWN_ERROR;
  }

  /**
   * Standard error gets one line, also where a library's message has several, or quotes a cell of
   * megabytes.
   */
  private static void say(PrintWriter err, String sentence) {
    String line = String.join(" ", sentence.lines().map(String::strip).toList());
    int rest = line.length() - LONGEST / 2;
    err.println(
        "vitrine: "
            + (rest <= LONGEST / 2
                ? line
                : line.substring(0, LONGEST / 2) + " … " + line.substring(rest)));
  }

  private static String sentence(Throwable e) {
    return switch (e) {
      case UncheckedIOException u when u.getCause() != null -> sentence(u.getCause());
      case FileSystemException f -> f.getFile() + ": " + reason(f);
      case InvalidPathException p -> "\"%s\" is no path: %s".formatted(p.getInput(), p.getReason());
      case OutOfMemoryError o ->
          "out of memory (%s); use fewer rows, a smaller model or smaller batches"
              .formatted(o.getMessage());
      default -> e.getMessage() == null ? e.toString() : e.getMessage();
    };
  }

  private static String reason(FileSystemException e) {
    return switch (e) {
      case NoSuchFileException _ -> "no such file";
      case FileAlreadyExistsException _ -> "it exists already";
      case AccessDeniedException _ -> "access denied; change its rights or choose another place";
      case NotDirectoryException _ -> "not a folder";
      case DirectoryNotEmptyException _ -> "the folder is not empty";
      default -> e.getReason() == null ? e.getClass().getSimpleName() : e.getReason();
    };
  }
}
