package dev.vitrine.cuda;

import dev.vitrine.tensor.io.CacheFolder;
import dev.vitrine.tensor.kernel.Backend;
import dev.vitrine.tensor.kernel.Kernels;
import dev.vitrine.tensor.kernel.Team;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Kernels on an NVIDIA GPU, the first one or {@code -Dvitrine.gpu}. Serves only who asks for it:
 * small models are sooner done on the processor. With {@code -Dvitrine.cuda.fast=tf32} products are
 * computed on tensor cores: faster, with other bits, and {@link #description} says so.
 *
 * <p>Nothing here touches a class of the presets before {@link #unavailable} has asked {@link
 * Probe}.
 */
public final class CudaBackend implements Backend {
  @Override
  public String name() {
    return "cuda";
  }

  @Override
  public int priority() {
    return -10;
  }

  @Override
  public @Nullable String unavailable() {
    Probe probe = Probe.here();
    int wanted = ordinal();
    if (probe.reason() != null) {
      return probe.reason();
    }
    return wanted < 0 || wanted >= probe.devices()
        ? "vitrine.gpu is %d, the last device is %d".formatted(wanted, probe.devices() - 1)
        : Precision.refused();
  }

  private static int ordinal() {
    return Integer.getInteger("vitrine.gpu", 0);
  }

  @Override
  public String description() {
    return unavailable() == null ? Chosen.GPU.toString() : "NVIDIA GPUs";
  }

  @Override
  public boolean threaded() {
    return false;
  }

  @Override
  public boolean remote() {
    return true;
  }

  @Override
  public long cache() {
    return Math.max(Backend.super.cache(), Chosen.GPU.cache());
  }

  @Override
  public Kernels kernels(Team.Member member) {
    if (unavailable() != null) {
      throw new IllegalStateException("backend cuda can't be used: " + unavailable());
    }
    return new CudaKernels(Chosen.GPU);
  }

  /** Made at first use. */
  private static final class Chosen {
    static final Gpu GPU = new Gpu(ordinal(), Objects.requireNonNull(Precision.wanted()), cache());

    /** {@code -Dvitrine.cuda.cache}, or the folder for caches of this user. */
    private static Path cache() {
      String given = System.getProperty("vitrine.cuda.cache");
      return given == null ? CacheFolder.of("cuda") : Path.of(given);
    }
  }
}
