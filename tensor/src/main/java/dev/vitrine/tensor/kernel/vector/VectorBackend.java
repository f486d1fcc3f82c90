package dev.vitrine.tensor.kernel.vector;

import com.sun.management.HotSpotDiagnosticMXBean;
import dev.vitrine.tensor.kernel.Backend;
import dev.vitrine.tensor.kernel.Kernels;
import dev.vitrine.tensor.kernel.Team;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;

/**
 * Java's Vector API: SIMD without leaving the JVM.
 *
 * <p>The API is an incubator module that may be absent, so nothing here touches it before {@link
 * #unavailable} has looked for the module.
 */
public final class VectorBackend implements Backend {
  private static final String MODULE = "jdk.incubator.vector";

  @Override
  public String name() {
    return "vector";
  }

  @Override
  public int priority() {
    return 10;
  }

  @Override
  public @Nullable String unavailable() {
    if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
      return "the JVM was started without the Vector API: add --add-modules " + MODULE;
    }
    if (!fma()) {
      return "this processor or JVM has no fused multiply-add, and emulating it is slower than"
          + " plain loops: use the scalar backend";
    }
    try {
      return Widest.BITS >= 128
          ? null
          : "the widest vectors here have %d bits, 128 are needed: use the scalar backend"
              .formatted(Widest.BITS);
    } catch (LinkageError e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      return "the Vector API does not start: " + cause.getMessage();
    }
  }

  /** False only if the JVM says so. */
  private static boolean fma() {
    try {
      var vm = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
      return vm == null || Boolean.parseBoolean(vm.getVMOption("UseFMA").getValue());
    } catch (RuntimeException | LinkageError e) {
      return true; // another JVM, or an option that is gone: the width decides
    }
  }

  @Override
  public String description() {
    return unavailable() == null
        ? "Java Vector API, %d-bit lanes".formatted(Widest.BITS)
        : "Java Vector API";
  }

  @Override
  public boolean threaded() {
    return true;
  }

  @Override
  public Kernels kernels(Team.Member member) {
    return new VectorKernels(member);
  }

  /** Loaded once the module is known to be there. */
  private static final class Widest {
    static final int BITS = Lanes.F.vectorBitSize();
  }
}
