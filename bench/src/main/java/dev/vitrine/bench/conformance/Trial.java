package dev.vitrine.bench.conformance;

import dev.vitrine.autodiff.Flow;
import dev.vitrine.autodiff.RuleSet;
import dev.vitrine.autodiff.Tape;
import dev.vitrine.autodiff.Var;
import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.kernel.Device;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One case under way on one device: its eager tape, and what has been computed so far. */
final class Trial implements AutoCloseable {
  private final GoldenCase golden;
  private final Device device;
  private final Memory memory;
  private final Tape tape;
  private final Map<String, Recorded> recorded = new LinkedHashMap<>();
  private final Map<String, Numbers> computed = new LinkedHashMap<>();

  /** A result on the tape, and where the golden files order its axes otherwise. */
  private record Recorded(Var value, Layout layout) {}

  Trial(GoldenCase golden, Device device) {
    this.golden = golden;
    this.device = device;
    this.memory = device.memory(golden.id());
    this.tape = Tape.eager(device);
  }

  GoldenCase golden() {
    return golden;
  }

  Device device() {
    return device;
  }

  Memory memory() {
    return memory;
  }

  Tape tape() {
    return tape;
  }

  /** The tape input that holds an input of the case. */
  Var input(String name, Layout layout) throws IOException {
    return input(name, layout.toEngine(golden.input(name)));
  }

  Var input(String name, Numbers values) {
    return tape.input(name, values.tensor(memory));
  }

  /** The model of the case, its parameters in this trial's memory. */
  GoldenModel model(boolean training) throws IOException {
    return GoldenModel.read(golden, memory, training);
  }

  /** A result that is on the tape. */
  void put(String name, Var value, Layout layout) {
    recorded.put(name, new Recorded(value, layout));
  }

  /** The gradient of a result that is on the tape; zeros where nothing arrived. */
  void putGradient(String name, Flow flow, Var of, Layout layout) {
    Var g = flow.at(of);
    put(name, g == null ? of.zeros() : g, layout);
  }

  /** A result that was computed on the host or is in golden order already. */
  void put(String name, Numbers value) {
    computed.put(name, value);
  }

  /** d Σ(y·seed) / d each of {@code wrt}. */
  Flow backward(Var y, Var seed, List<Var> wrt) {
    return tape.backward(y, seed, wrt, RuleSet.GRADIENT);
  }

  /** All results that are on the tape. */
  List<Var> values() {
    return recorded.values().stream().map(Recorded::value).distinct().toList();
  }

  /** A result in golden order; null = it was not computed. */
  @Nullable Numbers result(String name) {
    Recorded r = recorded.get(name);
    if (r == null) {
      return computed.get(name);
    }
    return r.layout().toGolden(Numbers.of(r.value().value()));
  }

  @Override
  public void close() {
    tape.close();
    memory.close();
  }
}
