package dev.vitrine.cuda;

import dev.vitrine.tensor.Memory;
import dev.vitrine.tensor.Tensor;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * Tensors that lie with the processor (parameters, constants) have a copy on the device. Whoever
 * wrote last has what counts; the other gets it when it asks.
 */
final class Residents {
  private final Gpu gpu;
  private final Map<Memory, Resident> all = new WeakHashMap<>();

  Residents(Gpu gpu) {
    this.gpu = gpu;
  }

  /** Where on the device a tensor lies that is only read. */
  long read(Tensor t) {
    return gpu.holds(t) ? t.address() : resident(t.owner()).read(t);
  }

  /** Where on the device a tensor lies that will be written. */
  long written(Tensor t) {
    return gpu.holds(t) ? t.address() : resident(t.owner()).written(t);
  }

  private synchronized Resident resident(Memory owner) {
    return all.computeIfAbsent(owner, o -> new Resident(gpu, o));
  }
}
