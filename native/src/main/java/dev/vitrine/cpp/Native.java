package dev.vitrine.cpp;

import org.bytedeco.javacpp.annotation.Cast;
import org.bytedeco.javacpp.annotation.Namespace;
import org.bytedeco.javacpp.annotation.Platform;

/** The way into the library: src/main/cpp/native.h. */
@Platform(include = "native.h")
@Namespace("vitrine")
@SuppressWarnings("restricted") // load and loadLibrary; calling C++ is what this class is for
final class Native {
  static {
    try {
      // Where -Djava.library.path names its folder, nothing is unpacked.
      System.loadLibrary("jniNative");
    } catch (UnsatisfiedLinkError e) {
      System.load(Unpacked.library().toString());
    }
  }

  private Native() {}

  /** 0 = the processor has none of our instruction sets, 1 = AVX2 with FMA, 2 = AVX-512 too. */
  static native int widest();

  /** Calls made from now on use this one. */
  static native void use(int isa);

  /** The name of a kernel; null behind the last one. */
  static native String name(int kernel);

  /**
   * Runs the calls that lie from address {@code first} up to {@code end}; the address of one that
   * refused to run, 0 if all did.
   */
  static native @Cast("const void*") long run(
      @Cast("const void*") long first, @Cast("const void*") long end);
}
