package dev.vitrine.bench.kernels;

import java.util.ArrayList;
import java.util.List;

/** Kernels of one kind, and the library that they are measured against. */
enum Family {
  GEMM("MKL"),
  CONVOLUTION("oneDNN");

  /** What networks of this size multiply; the im2col rows are a 3×3 convolution as a product. */
  private static final List<String> PRODUCTS =
      List.of(
          "NN 64x64x64",
          "NN 128x128x128",
          "NN 256x256x256",
          "NN 512x512x512",
          "NN 1024x1024x1024",
          "NN 128x784x128",
          "NN 128x128x64",
          "NN 128x1600x128",
          "NN 18432x288x64",
          "NN 64x288x576",
          "NT 128x784x128",
          "TN 784x128x128");

  /** The first two are those of the standard CNN. */
  private static final List<String> CONVOLUTIONS =
      List.of(
          "32x28x28x1-32 k3",
          "32x13x13x32-64 k3",
          "8x14x14x64-64 k3 p1",
          "8x14x14x256-64 k1",
          "8x28x28x32-64 k3 s2 p1",
          "8x32x32x3-32 k3 p1",
          "8x7x7x128-128 k3 p1",
          "32x14x14x6-16 k5");

  /** Its name, for people. */
  final String library;

  Family(String library) {
    this.library = library;
  }

  /** What is measured unless told otherwise. */
  List<String> kernels() {
    if (this == GEMM) {
      return PRODUCTS;
    }
    var all = new ArrayList<String>();
    for (String direction : List.of("forward", "data", "weights")) {
      CONVOLUTIONS.forEach(c -> all.add(direction + " " + c));
    }
    return all;
  }

  /** A kernel as {@link Product#parse} or {@link Convolution#parse} read it. */
  Duel duel(String kernel) {
    return switch (this) {
      case GEMM -> new ProductDuel(Product.parse(kernel));
      case CONVOLUTION -> new ConvolutionDuel(Convolution.parse(kernel));
    };
  }

  double flops(String kernel) {
    return switch (this) {
      case GEMM -> Product.parse(kernel).flops();
      case CONVOLUTION -> Convolution.parse(kernel).flops();
    };
  }

  /** What exactly the library is. */
  String version() {
    return switch (this) {
      case GEMM -> Mkl.version();
      case CONVOLUTION -> OneDnn.version();
    };
  }
}
