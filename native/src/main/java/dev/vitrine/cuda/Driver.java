package dev.vitrine.cuda;

import static org.bytedeco.cuda.global.cudart.CUDA_ERROR_LAUNCH_FAILED;
import static org.bytedeco.cuda.global.cudart.CUDA_ERROR_OUT_OF_MEMORY;
import static org.bytedeco.cuda.global.cudart.CUDA_SUCCESS;
import static org.bytedeco.cuda.global.cudart.cuGetErrorName;
import static org.bytedeco.cuda.global.cudart.cuGetErrorString;

import java.util.function.Supplier;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerPointer;

/** What the driver answers, as sentences. */
final class Driver {
  private Driver() {}

  /** Refuses any answer but success; {@code what} was asked for. */
  static void check(int result, Supplier<String> what) {
    if (result != CUDA_SUCCESS) {
      throw new CudaException(what.get() + ": " + name(result) + hint(result));
    }
  }

  static void check(int result, String what) {
    if (result != CUDA_SUCCESS) {
      check(result, () -> what);
    }
  }

  private static String name(int result) {
    try (PointerPointer<BytePointer> text = new PointerPointer<>(1)) {
      cuGetErrorName(result, text);
      BytePointer name = text.get(BytePointer.class, 0);
      cuGetErrorString(result, text);
      BytePointer meaning = text.get(BytePointer.class, 0);
      return name == null || meaning == null
          ? "CUDA error " + result
          : "%s (%s)".formatted(name.getString(), meaning.getString());
    }
  }

  private static String hint(int result) {
    return switch (result) {
      case CUDA_ERROR_OUT_OF_MEMORY ->
          "; use smaller batches, or -Dvitrine.backend=cpp for the processor";
      case CUDA_ERROR_LAUNCH_FAILED ->
          "; the device is lost to this process: start it again, with -Dvitrine.backend=cpp for the processor";
      default -> "";
    };
  }
}
