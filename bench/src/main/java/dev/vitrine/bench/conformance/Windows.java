package dev.vitrine.bench.conformance;

import dev.vitrine.tensor.kernel.Window;
import java.io.IOException;

/** Sliding windows as the golden files write them: [vertical, horizontal] pairs. */
final class Windows {
  private static final int[] ONES = {1, 1};
  private static final int[] ZEROS = {0, 0};

  private Windows() {}

  static Window of(Json attrs) throws IOException {
    int[] stride = pair(attrs, "stride", ONES);
    int[] padding = pair(attrs, "padding", ZEROS);
    int[] dilation = pair(attrs, "dilation", ONES);
    return Window.UNIT
        .stride(stride[0], stride[1])
        .padding(padding[0], padding[1])
        .dilation(dilation[0], dilation[1])
        .groups(attrs.integer("groups", 1));
  }

  private static int[] pair(Json attrs, String key, int[] otherwise) throws IOException {
    return attrs.has(key) ? attrs.ints(key) : otherwise;
  }
}
