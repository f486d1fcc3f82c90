package dev.vitrine.bench.endurance;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vitrine.autodiff.Tape;
import dev.vitrine.autodiff.Var;
import dev.vitrine.autodiff.compile.Program;
import dev.vitrine.bench.run.Methods;
import dev.vitrine.bench.run.Models;
import dev.vitrine.bench.run.Reference;
import dev.vitrine.bench.studio.Studio;
import dev.vitrine.nn.Mode;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.data.DrawnDigits;
import dev.vitrine.nn.data.Split;
import dev.vitrine.nn.onnx.Onnx;
import dev.vitrine.nn.train.Trainer;
import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Shape;
import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.io.Npz;
import dev.vitrine.tensor.io.Safetensors;
import dev.vitrine.tensor.kernel.Device;
import dev.vitrine.xai.Subject;
import dev.vitrine.xai.Target;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What is made, used and closed, or forgotten, again and again leaves nothing behind. */
class LeakTest {
  private static final Path SELF = Path.of("/proc/self");

  /**
   * Five hundred rounds of models and programs that each kept their memories, three of 64 KiB at
   * least, would take 94 MiB; code of the JIT and what malloc keeps have taken 20.
   */
  private static final long CLOSED = 64 << 20;

  /**
   * What is forgotten may wait for a collection until there are 256 MiB of it; malloc keeps them.
   */
  private static final long FORGOTTEN = CLOSED + (256 << 20);

  /** A thousand rounds that each kept 4 KiB; what the JDK itself keeps for a while takes 1 MiB. */
  private static final long HEAP = 4 << 20;

  private static final BufferPoolMXBean DIRECT =
      ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
          .filter(b -> b.getName().equals("direct"))
          .findFirst()
          .orElseThrow();

  @TempDir private Path folder;
  private final Device device = Device.of("scalar", 1);
  private final Split digits = DrawnDigits.of(3, 64, 16);

  @BeforeEach
  void skipAloudWhereNobodyTells() {
    if (!Files.exists(SELF)) {
      System.out.println("skipped: " + SELF + ", which tells memory and open files, is not here");
    }
    assumeTrue(Files.exists(SELF), "no " + SELF);
  }

  /** What a process holds, after everything that nobody knows any more was freed. */
  private record Held(
      long resident, long heap, long direct, long javacpp, long files, long threads) {
    static Held now() throws Exception {
      touchTheHeap();
      long heap = Long.MAX_VALUE;
      long direct = Long.MAX_VALUE;
      for (int i = 0; i < 4; i++) {
        System.gc();
        Thread.sleep(50); // cleaners run in threads of their own
        Runtime r = Runtime.getRuntime();
        heap = Math.min(heap, r.totalMemory() - r.freeMemory());
        direct = Math.min(direct, DIRECT.getMemoryUsed());
      }
      try (var open = Files.list(SELF.resolve("fd"))) {
        return new Held(
            status("VmRSS") << 10,
            heap,
            direct,
            Pointer.totalBytes(),
            open.count(),
            status("Threads"));
      }
    }

    /** Young objects lie in pages that no round before may have needed: all of them count once. */
    private static void touchTheHeap() {
      for (long i = 0; i < Runtime.getRuntime().totalMemory(); i += 1 << 20) {
        java.lang.ref.Reference.reachabilityFence(new byte[1 << 20]);
      }
    }

    private static long status(String name) throws IOException {
      try (var lines = Files.lines(SELF.resolve("status"))) {
        return lines
            .filter(l -> l.startsWith(name + ":"))
            .mapToLong(l -> Long.parseLong(l.replaceAll("\\D", "")))
            .findFirst()
            .orElseThrow();
      }
    }
  }

  /** Kinds of rounds by name, with how many of each make a long test. */
  private record Kind(int rounds, Callable<?> round) {}

  private Map<String, Kind> kinds() throws Exception {
    Map<String, Kind> all = new LinkedHashMap<>();
    Tensor x = digits.test().inputs().rows(0, 2);
    all.put("models and subjects, closed", new Kind(1000, () -> modelAndSubject(x, true)));
    all.put("models and subjects, forgotten", new Kind(1000, () -> modelAndSubject(x, false)));
    all.put("tapes and programs, closed", new Kind(2000, () -> tapeAndProgram(x, true)));
    all.put("tapes and programs, forgotten", new Kind(10_000, () -> tapeAndProgram(x, false)));
    all.put("devices with threads, forgotten", new Kind(300, LeakTest::team));
    all.put("trainings with checkpoints", new Kind(400, this::training));
    all.put("files", new Kind(2000, this::files));
    all.put("live pages", new Kind(40, this::page));
    Model m = network();
    Subject s = Subject.of(m, device);
    all.put("every method on one subject", new Kind(30, () -> everyMethod(s, x)));
    int[] rows = {0};
    all.put(
        "more programs than are kept",
        new Kind(2000, () -> s.outputs(digits.test().inputs().rows(0, 1 + rows[0]++ % 12))));
    return all;
  }

  private static Model network() {
    return Models.of("conv2d(1, 2, 5) relu maxPool2d(2) flatten linear(288, 10)");
  }

  private Object modelAndSubject(Tensor x, boolean closed) {
    Model m = network();
    Subject s = Subject.of(m, device);
    String hash = Methods.of("input-x-gradient", reference()).explain(s, x, Target.of(1)).hash();
    if (closed) {
      s.close();
      m.close();
    }
    return hash;
  }

  private Reference reference() {
    return Reference.usual(digits.train().inputs());
  }

  private Object tapeAndProgram(Tensor x, boolean closed) {
    Tape tape = Tape.eager(device);
    Var y = tape.input("x", x).tanh().total();
    tape.gradient(y, tape.nodes().getFirst().out());
    Program program = Program.compile(List.of(y));
    var w = program.borrow();
    program.run(w);
    program.release(w);
    if (closed) {
      program.close();
      tape.close();
    }
    return y;
  }

  private static Object team() {
    Device d = Device.of("vector", 3);
    try (Model m = Models.of("linear(100, 100)");
        Tape tape = Tape.eager(d)) {
      return m.record(tape.input("x", Shape.of(400, 100)), Mode.EVALUATION).value().at(0);
    }
  }

  private Object training() throws IOException {
    Path checkpoint = folder.resolve("checkpoint.safetensors");
    Files.deleteIfExists(checkpoint);
    try (Model m = network()) {
      new Trainer(m).device(device).checkpoint(checkpoint).fit(digits.train(), 1);
    }
    try (Model m = network()) {
      return new Trainer(m).device(device).checkpoint(checkpoint).fit(digits.train(), 2);
    }
  }

  private Object files() throws IOException {
    Path onnx = folder.resolve("x.onnx");
    Path npz = folder.resolve("x.npz");
    Path safetensors = folder.resolve("x.safetensors");
    if (!Files.exists(npz)) {
      try (Model m = network()) {
        Onnx.write(onnx, m, Shape.of(28, 28, 1));
        Npz.write(npz, new LinkedHashMap<>(m.state()));
        Safetensors.write(safetensors, m.state(), Map.of());
      }
    }
    try (Model m = Onnx.read(onnx);
        Memory memory = new Memory("files")) {
      Npz.read(npz, memory);
      Safetensors.read(safetensors, memory);
      return m.hash();
    }
  }

  private Object page() throws Exception {
    try (Model m = network();
        Studio studio =
            Studio.open("drawn", digits, List.of("model"), List.of(m), device, "127.0.0.1", 0)) {
      var connection = URI.create(studio.url()).toURL().openConnection();
      connection.setRequestProperty("Connection", "close"); // or the JDK keeps it for a while
      try (var in = connection.getInputStream()) {
        return in.readAllBytes().length;
      }
    }
  }

  private Object everyMethod(Subject s, Tensor x) {
    for (String name : Methods.all()) {
      Methods.of(name, reference()).explain(s, x.rows(0, 1), Target.of(1));
    }
    return s;
  }

  @TestFactory
  List<DynamicTest> aFewRounds() throws Exception {
    return tests(50);
  }

  @TestFactory
  @Tag("slow")
  List<DynamicTest> thousandsOfRounds() throws Exception {
    return tests(1);
  }

  /** A part of the rounds, and of the kinds those that take no seconds. */
  private List<DynamicTest> tests(int part) throws Exception {
    var tests = new ArrayList<DynamicTest>();
    kinds()
        .forEach((name, kind) -> {
          int rounds = kind.rounds() / part;
          if (rounds > 1) {
            tests.add(DynamicTest.dynamicTest(name, () -> flat(name, rounds, kind.round())));
          }
        });
    return tests;
  }

  /** The second half of the rounds adds nothing to what the first half left. */
  private static void flat(String name, int rounds, Callable<?> round) throws Exception {
    for (int i = 0; i < rounds / 2; i++) {
      round.call();
    }
    Held before = Held.now();
    for (int i = rounds / 2; i < rounds; i++) {
      round.call();
    }
    Held after = Held.now();
    for (int i = 0; i < 100 && after.threads > before.threads + 2; i++) {
      after = Held.now(); // threads that were told to end take their time
    }
    System.out.printf("%s, %d rounds:%n  %s%n  %s%n", name, rounds, before, after);
    String grown = name + ": " + before + " became " + after;
    long room = name.endsWith("forgotten") ? FORGOTTEN : CLOSED;
    assertTrue(after.resident - before.resident < room, grown);
    assertTrue(after.heap - before.heap < HEAP, grown);
    assertTrue(after.direct <= before.direct, grown);
    assertTrue(after.javacpp <= before.javacpp, grown);
    assertTrue(after.files <= before.files + 1, grown); // a class that was loaded opens a jar
    assertTrue(after.threads <= before.threads + 2, grown); // the JIT's come and go
  }
}
