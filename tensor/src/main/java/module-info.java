/** Tensors, the kernels that compute on them, and the files that hold them. */
module dev.vitrine.tensor {
  requires java.management;
  requires jdk.incubator.vector;
  requires jdk.management;
  requires static org.jspecify;

  exports dev.vitrine.tensor;
  exports dev.vitrine.tensor.io;
  exports dev.vitrine.tensor.kernel;
  exports dev.vitrine.tensor.kernel.math;

  uses dev.vitrine.tensor.kernel.Backend;

  provides dev.vitrine.tensor.kernel.Backend with
      dev.vitrine.tensor.kernel.scalar.ScalarBackend,
      dev.vitrine.tensor.kernel.vector.VectorBackend;
}
