/** The C++ and CUDA backends, which nobody names: they are found as services. */
module dev.vitrine.natives {
  requires dev.vitrine.tensor;
  requires org.bytedeco.cuda;
  requires org.bytedeco.cuda.linux.x86_64;
  requires org.bytedeco.javacpp;
  requires static org.jspecify;

  provides dev.vitrine.tensor.kernel.Backend with
      dev.vitrine.cpp.CppBackend,
      dev.vitrine.cuda.CudaBackend;
}
