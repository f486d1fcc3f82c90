package dev.vitrine.bench.command;

import dev.vitrine.bench.run.Interrupt;
import dev.vitrine.bench.run.ModelFiles;
import dev.vitrine.bench.run.RunFolder;
import dev.vitrine.bench.studio.Studio;
import dev.vitrine.nn.data.Split;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vitrine studio MODEL [MODEL] --data NAME}: the live page, until Ctrl-C. */
@Command(
    name = "studio",
    mixinStandardHelpOptions = true,
    description = "Serve a page on this machine: draw, and see what the model says and why.")
public final class StudioCommand implements Callable<Integer> {
  private static final int MOST = 2;

  @Parameters(
      arity = "1..*",
      paramLabel = "MODEL",
      description = ModelFiles.KINDS + ", or two to be seen side by side.")
  private List<Path> files = List.of();

  @Mixin private DataOptions data = new DataOptions();

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "Where to listen; 0, the default, is any port that is free.")
  private int port;

  @Option(
      names = "--host",
      paramLabel = "H",
      defaultValue = "127.0.0.1",
      description = {
        "Which address to listen on; ${DEFAULT-VALUE} is this machine alone.",
        "With another one, whoever reaches it may ask."
      })
  private String host = "127.0.0.1";

  @Mixin private DeviceOption device = new DeviceOption();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    if (files.size() > MOST) {
      throw new IllegalArgumentException(
          "%d models given: one is shown, or two side by side".formatted(files.size()));
    }
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("--port %d: ports are 0 to 65535".formatted(port));
    }
    String name = data.needed();
    var where = device.device();
    var interrupted = new CountDownLatch(1);
    try (Split split = data.load();
        OpenModels models = OpenModels.open(files, where);
        var _ = Interrupt.calls(interrupted::countDown);
        Studio studio =
            Studio.open(name, split, names(files), models.models(), where, host, port)) {
      out.println("the page is at " + studio.url() + " until Ctrl-C");
      out.flush();
      interrupted.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return 0;
  }

  /** A model's own name is that of its folder, where its file is called as all are. */
  private static List<String> names(List<Path> files) {
    List<String> names = files.stream().map(StudioCommand::name).toList();
    boolean same = names.stream().distinct().count() < names.size();
    return same ? files.stream().map(Path::toString).toList() : names;
  }

  private static String name(Path file) {
    Path absolute = file.toAbsolutePath().normalize();
    int last = absolute.getNameCount() - 1;
    boolean usual = absolute.endsWith(RunFolder.MODEL) && last > 0;
    return absolute.getName(usual ? last - 1 : last).toString();
  }
}
