package dev.vitrine.cuda;

import dev.vitrine.tensor.Tensor;
import dev.vitrine.tensor.Twin;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** What a storage holds, on a GPU. */
final class DeviceCopy implements Twin {
  private final Gpu gpu;
  private final MemorySegment host;
  private final long address;
  private boolean hostCounts = true;
  private boolean deviceCounts;

  /** What was fetched since the device wrote last. */
  private @Nullable MemorySegment fetched;

  private DeviceCopy(Gpu gpu, MemorySegment host, String owner) {
    this.gpu = gpu;
    this.host = host;
    this.address = gpu.allocate(host.byteSize(), owner);
  }

  /** The copy of a tensor's storage on this GPU, made if there is none. */
  static DeviceCopy of(Gpu gpu, Tensor t) {
    if (t.storage().twin() instanceof DeviceCopy c && c.gpu == gpu) {
      return c;
    }
    MemorySegment host = t.storage().segment();
    t.owner().move(t.storage(), () -> new DeviceCopy(gpu, host, t.owner().owner()));
    return of(gpu, t);
  }

  long address() {
    return address;
  }

  /** Before the device reads, or writes to some of it. */
  synchronized void present() {
    if (!deviceCounts) {
      gpu.write(host, address);
      deviceCounts = true;
    }
  }

  /** The device wrote to it. */
  synchronized void written() {
    hostCounts = false;
    fetched = null;
  }

  @Override
  public synchronized void fetch(MemorySegment part) {
    if (!hostCounts && !part.equals(fetched)) {
      gpu.read(address + part.address() - host.address(), part);
      fetched = part;
      hostCounts = part.byteSize() == host.byteSize();
    }
  }

  @Override
  public synchronized void yield(boolean kept) {
    if (!hostCounts && kept) {
      gpu.read(address, host);
    }
    hostCounts = true;
    deviceCounts = false;
    fetched = null;
  }

  @Override
  public void free() {
    gpu.free(address);
  }
}
