package dev.vitrine.cuda;

import dev.vitrine.tensor.Storage;
import org.bytedeco.cuda.cudart.CUstream_st;
import org.jspecify.annotations.Nullable;

/** Where launches go: to the device at once, or into a graph. */
interface Sink {
  /** The stream that takes them; null: they are only gone through, to have all they need ready. */
  @Nullable CUstream_st stream();

  /** An operand of the launch that comes next. */
  void uses(Storage storage, DeviceCopy copy, boolean isWritten);

  /** The launch that came last may have found an index out of range. */
  void mayRefuse();

  /** To the device at once. */
  record AtOnce(Gpu gpu) implements Sink {
    @Override
    public CUstream_st stream() {
      return gpu.stream();
    }

    @Override
    public void uses(Storage storage, DeviceCopy copy, boolean isWritten) {
      copy.present();
      if (isWritten) {
        copy.written();
      }
    }

    @Override
    public void mayRefuse() {
      gpu.synchronize();
    }
  }
}
