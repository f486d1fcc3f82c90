package dev.vitrine.cuda;

/** CUDA refused something: what, and CUDA's name for the reason. */
public final class CudaException extends RuntimeException {
  CudaException(String message) {
    super(message);
  }
}
