package dev.vitrine.xai.spark;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.spark.launcher.JavaModuleOptions;

/** A standalone master and its workers, each a process on the loopback address. */
final class LoopbackCluster implements AutoCloseable {
  private static final String HOST = "127.0.0.1";

  private final Path folder;
  private final int port;
  private final List<Process> workers = new ArrayList<>();
  private final Process master;

  private LoopbackCluster(Path folder) throws IOException {
    this.folder = folder;
    Files.createDirectories(folder.resolve("home/jars"));
    try (var free = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
      port = free.getLocalPort();
    }
    master = start("master.Master", "--host", HOST, "--port", "" + port, "--webui-port", "0");
  }

  /** Workers of one core each. */
  static LoopbackCluster of(Path folder, int workers) throws IOException {
    var cluster = new LoopbackCluster(folder);
    for (int i = 0; i < workers; i++) {
      cluster.workers.add(cluster.worker());
    }
    return cluster;
  }

  String address() {
    return "spark://" + HOST + ":" + port;
  }

  private Process worker() throws IOException {
    return start(
        "worker.Worker",
        "--host",
        HOST,
        "--cores",
        "1",
        "--memory",
        "1g",
        "--webui-port",
        "0",
        "--work-dir",
        folder.resolve("work").toString(),
        address());
  }

  private Process start(String main, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(JavaModuleOptions.defaultModuleOptionArray()));
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("org.apache.spark.deploy." + main);
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command);
    // of a distribution only its (empty) folder of jars is looked at
    builder.environment().put("SPARK_HOME", folder.resolve("home").toString());
    builder.environment().put("SPARK_SCALA_VERSION", "2.13");
    Path log = folder.resolve(main + workers.size() + ".log");
    return builder.redirectErrorStream(true).redirectOutput(Redirect.to(log.toFile())).start();
  }

  /** Kills a worker and the executors that it started, none says good-bye; how many these were. */
  int kill(int worker) {
    Process w = workers.get(worker);
    List<ProcessHandle> executors = w.descendants().toList();
    w.destroyForcibly();
    executors.forEach(ProcessHandle::destroyForcibly);
    return executors.size();
  }

  @Override
  public void close() {
    for (int i = 0; i < workers.size(); i++) {
      kill(i);
    }
    master.destroyForcibly();
    try {
      master.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
