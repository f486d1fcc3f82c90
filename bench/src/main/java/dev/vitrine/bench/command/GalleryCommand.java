package dev.vitrine.bench.command;

import dev.vitrine.bench.gallery.Gallery;
import dev.vitrine.bench.run.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code vitrine gallery}: one example of each kind of picture. */
@Command(
    name = "gallery",
    mixinStandardHelpOptions = true,
    description = "Draw an example of each kind of picture, on built-in data.")
public final class GalleryCommand implements Callable<Integer> {
  @Option(names = "--seed", paramLabel = "N", description = "Decides every random number.")
  private long seed = 7;

  @Mixin private DeviceOption device = new DeviceOption();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where to write; runs/gallery unless told otherwise.")
  private Path folder = Path.of("runs", "gallery");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    RunFolder to = RunFolder.at(folder);
    int pictures = new Gallery(device.device(), seed).write(to);
    spec.commandLine()
        .getOut()
        .println("drew %d pictures; open %s".formatted(pictures, to.file(Gallery.PAGE)));
    return 0;
  }
}
