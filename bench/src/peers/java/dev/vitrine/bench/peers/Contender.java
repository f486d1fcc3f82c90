package dev.vitrine.bench.peers;

import dev.vitrine.autodiff.compile.Pass;
import dev.vitrine.tensor.kernel.Backend;
import dev.vitrine.tensor.kernel.Device;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An engine as it is started.
 *
 * @param ours one of our backends, else a peer
 * @param command what starts it: java or bench/jvm, options, main class
 * @param needs its main class, where the build may have failed
 */
record Contender(String name, boolean ours, List<String> command, @Nullable Path needs) {
  private static final String PACKAGE = "dev.vitrine.bench.peers.";

  /** The options of bench/jvm. */
  private static final List<String> JAVA =
      List.of(
          Path.of(System.getProperty("java.home"), "bin", "java").toString(),
          "--add-modules=jdk.incubator.vector",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          "-XX:+UseSerialGC",
          "-XX:Tier3DelayOn=1000000");

  /** One thread, in whatever words a library understands. */
  static final Map<String, String> ENVIRONMENT =
      Map.of(
          "OMP_NUM_THREADS", "1",
          "MKL_NUM_THREADS", "1",
          "OPENBLAS_NUM_THREADS", "1",
          "TF_CPP_MIN_LOG_LEVEL", "2");

  /** All of them by name; {@code peers} is the folder that the other engines were built in. */
  static Map<String, Contender> all(Path peers) {
    Map<String, Contender> all = new LinkedHashMap<>();
    for (Backend b : Device.backends()) {
      all.put(b.name(), ours(b.name(), true, b.name(), peers));
    }
    // what a pass gains is seen by leaving it out: then ours is the peer
    for (Pass pass : Pass.all()) {
      String name = "without-" + pass.name();
      String option = "-Dvitrine.passes.without=" + pass.name();
      all.put(name, ours(name, false, Device.standard().backend().name(), peers, option));
    }
    all.put("tensorflow", peer("tensorflow", peers, "tensorflow", "tensorflow.TensorFlow"));
    all.put("djl", peer("djl", peers, "djl", "djl.Djl", "-Dai.djl.offline=true"));
    all.put("libtorch", peer("libtorch", peers, "libtorch", "libtorch.Libtorch"));
    all.put(
        "libtorch-nhwc",
        peer("libtorch-nhwc", peers, "libtorch", "libtorch.Libtorch", "-Dlibtorch.nhwc=true"));
    return all;
  }

  /**
   * What is compared unless told otherwise: backends that work, without the reference, and peers.
   */
  static List<String> standard(Map<String, Contender> all) {
    var names = new ArrayList<String>();
    for (Backend b : Device.backends()) {
      if (b.priority() > 0 && b.unavailable() == null) {
        names.add(b.name());
      }
    }
    all.values().stream().filter(c -> c.needs != null).map(Contender::name).forEach(names::add);
    return names;
  }

  /** Started like bench/vitrine: what a user of ours gets. */
  private static Contender ours(
      String name, boolean ours, String backend, Path peers, String... options) {
    var command = new ArrayList<String>();
    command.add(peers.resolve("../../jvm").normalize().toString());
    command.addAll(List.of(options));
    command.add("-Dvitrine.backend=" + backend);
    command.add("-Dvitrine.threads=1");
    command.add(PACKAGE + "Ours");
    return new Contender(name, ours, command, null);
  }

  private static Contender peer(
      String name, Path peers, String folder, String main, String... options) {
    Path target = peers.resolve(folder).resolve("target");
    Path classes = target.resolve("classes");
    String classPath = classes + ":" + target.resolve("lib") + "/*";
    var command = new ArrayList<String>(JAVA);
    command.addAll(List.of(options));
    Path unpacked = peers.resolve("target/unpacked");
    command.add("-Dorg.bytedeco.javacpp.cachedir=" + unpacked);
    command.add("-DDJL_CACHE_DIR=" + unpacked);
    command.addAll(List.of("-cp", classPath, PACKAGE + main));
    return new Contender(
        name, false, command, classes.resolve((PACKAGE + main).replace('.', '/') + ".class"));
  }

  /** Why it can't be started here; null if it can. */
  @Nullable String missing() {
    return needs == null || Files.exists(needs) ? null : "it was not built: there is no " + needs;
  }
}
