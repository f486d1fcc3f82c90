package dev.vitrine.bench.run;

import com.sun.management.OperatingSystemMXBean;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.layer.Specification;
import dev.vitrine.tensor.DType;
import java.lang.management.ManagementFactory;

/** A model from its specification; one that this machine's memory can't hold is refused. */
public final class Models {
  private static final double GIB = 1L << 30;

  private Models() {}

  /** A model with first values; layers that are too large for this machine are refused. */
  public static Model of(String specification) {
    Layer layers = Specification.parse(specification);
    double bytes = values(layers) * DType.BYTES;
    if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
        && bytes > system.getTotalMemorySize()) {
      throw new IllegalArgumentException(
          "model \"%s\" takes %.1f GiB, here are %.1f GiB of memory; make its layers smaller"
              .formatted(specification, bytes / GIB, system.getTotalMemorySize() / GIB));
    }
    return new Model(layers);
  }

  private static double values(Layer l) {
    return l.parameters().stream().mapToDouble(p -> p.shape().size()).sum()
        + l.children().stream().mapToDouble(Models::values).sum();
  }
}
