package dev.vitrine.bench.command;

import dev.vitrine.tensor.kernel.Backend;
import dev.vitrine.tensor.kernel.Device;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * {@code vitrine doctor}: what this machine has, which backend serves, and why the others do not.
 */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = "Show what this machine has and which backend serves.")
public final class DoctorCommand implements Callable<Integer> {
  private static final double GIB = 1L << 30;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    var machine = Machine.here();
    line(out, "java", property("java.runtime.version") + ", " + property("java.vm.vendor"));
    line(out, "system", property("os.name") + " " + property("os.version"));
    line(out, "processor", machine.processor() + " (" + property("os.arch") + ")");
    line(out, "features", machine.features().isEmpty() ? "unknown" : join(machine.features()));
    line(out, "cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
    line(out, "memory", memory());
    for (Backend b : Device.backends()) {
      String reason = b.unavailable();
      line(
          out,
          "backend " + b.name(),
          reason == null ? "available: " + b.description() : "not available: " + reason);
    }
    List<String> missing = missingFlags();
    line(out, "missing flags", missing.isEmpty() ? "none" : join(missing));
    line(out, "serving", Devices.of(null).toString());
    out.flush();
    return 0;
  }

  private static void line(PrintWriter out, String what, String finding) {
    out.printf(Locale.ROOT, "%-15s %s%n", what, finding);
  }

  private static String property(String name) {
    return System.getProperty(name, "?");
  }

  private static String join(List<String> words) {
    return String.join(" ", words);
  }

  private static String memory() {
    String heap =
        String.format(
            Locale.ROOT, "%.1f GiB for the Java heap", Runtime.getRuntime().maxMemory() / GIB);
    if (ManagementFactory.getOperatingSystemMXBean()
        instanceof com.sun.management.OperatingSystemMXBean system) {
      return String.format(
          Locale.ROOT,
          "%.1f GiB, %.1f GiB free, at most %s",
          system.getTotalMemorySize() / GIB,
          system.getFreeMemorySize() / GIB,
          heap);
    }
    return "at most " + heap;
  }

  /** What the JVM was not told and the faster backends need. */
  private static List<String> missingFlags() {
    var missing = new ArrayList<String>();
    if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
      missing.add("--add-modules jdk.incubator.vector");
    }
    Module tensor = Device.class.getModule();
    if (!tensor.isNativeAccessEnabled()) {
      missing.add(
          "--enable-native-access=" + (tensor.isNamed() ? tensor.getName() : "ALL-UNNAMED"));
    }
    return missing;
  }
}
