package dev.vitrine.cuda;

/** CUDA refused something: what, and CUDA's name for the reason. */
public final class CudaException extends IllegalStateException {
  private static final long serialVersionUID = 1;

  CudaException(String message) {
    super(message);
  }
}
