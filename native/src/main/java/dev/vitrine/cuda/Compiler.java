package dev.vitrine.cuda;

import static org.bytedeco.cuda.global.nvrtc.NVRTC_SUCCESS;
import static org.bytedeco.cuda.global.nvrtc.nvrtcCompileProgram;
import static org.bytedeco.cuda.global.nvrtc.nvrtcCreateProgram;
import static org.bytedeco.cuda.global.nvrtc.nvrtcDestroyProgram;
import static org.bytedeco.cuda.global.nvrtc.nvrtcGetCUBIN;
import static org.bytedeco.cuda.global.nvrtc.nvrtcGetCUBINSize;
import static org.bytedeco.cuda.global.nvrtc.nvrtcGetErrorString;
import static org.bytedeco.cuda.global.nvrtc.nvrtcGetProgramLog;
import static org.bytedeco.cuda.global.nvrtc.nvrtcGetProgramLogSize;
import static org.bytedeco.cuda.global.nvrtc.nvrtcVersion;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.bytedeco.cuda.nvrtc._nvrtcProgram;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.javacpp.SizeTPointer;

/**
 * CUDA C++ for one device. What was compiled is kept on disk, under a hash of all that it depends
 * on.
 */
final class Compiler {
  static final List<String> HEADERS =
      List.of(
          "chains.h",
          "common.h",
          "functions.h",
          "math.h",
          "product.h",
          "rows.h",
          "slices.h",
          "tensor_cores.h",
          "windows.h");

  /** The kernels that are resources beside this class. */
  static final List<String> FILES =
      List.of(
          "convolution.cu",
          "elementwise.cu",
          "images.cu",
          "matmul.cu",
          "moves.cu",
          "optimisers.cu",
          "pools.cu",
          "random.cu",
          "softmax.cu",
          "sums.cu");

  /** No contraction, no approximation, no flush to zero: the bits of the contract. */
  static final List<String> OPTIONS =
      List.of("--fmad=false", "--prec-div=true", "--prec-sqrt=true", "--ftz=false", "--std=c++17");

  private final String architecture;
  private final List<String> options;
  private final Path cache;

  /** {@code architecture}: sm_90 and the like. */
  Compiler(String architecture, Precision precision, Path cache) {
    this.architecture = architecture;
    this.options = new ArrayList<>(OPTIONS);
    options.addAll(precision.options());
    options.add("--gpu-architecture=" + architecture);
    this.cache = cache;
  }

  /** The kernels of a resource beside this class, ready to be loaded. */
  byte[] compiled(String file) {
    return compiled(file, resource(file));
  }

  /** The kernels of {@code source}, which errors call {@code name}. */
  byte[] compiled(String name, String source) {
    Path kept = cache.resolve(name + "-" + hash(source) + ".cubin");
    try {
      if (Files.exists(kept)) {
        return Files.readAllBytes(kept);
      }
      byte[] code = compile(name, source);
      Files.createDirectories(cache);
      Path fresh = Files.createTempFile(cache, name, ".part");
      Files.write(fresh, code);
      Files.move(fresh, kept, StandardCopyOption.ATOMIC_MOVE);
      return code;
    } catch (IOException e) {
      throw new CudaException("compiled kernels can't be kept in " + cache + ": " + e.getMessage());
    }
  }

  private String hash(String source) {
    try (IntPointer major = new IntPointer(1);
        IntPointer minor = new IntPointer(1)) {
      nvrtcVersion(major, minor);
      var digest = MessageDigest.getInstance("SHA-256");
      var all = new StringBuilder(source).append(options);
      all.append(major.get()).append('.').append(minor.get());
      HEADERS.forEach(h -> all.append(resource(h)));
      byte[] hash = digest.digest(all.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 12);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private byte[] compile(String name, String source) {
    var program = new _nvrtcProgram();
    String[] texts = HEADERS.stream().map(Compiler::resource).toArray(String[]::new);
    try (var text = new BytePointer(source);
        var title = new BytePointer(name);
        var headers = new PointerPointer<BytePointer>(texts);
        var names = new PointerPointer<BytePointer>(HEADERS.toArray(String[]::new));
        var arguments = new PointerPointer<BytePointer>(options.toArray(String[]::new));
        var size = new SizeTPointer(1)) {
      check(nvrtcCreateProgram(program, text, title, texts.length, headers, names), name);
      int result = nvrtcCompileProgram(program, options.size(), arguments);
      if (result != NVRTC_SUCCESS) {
        nvrtcGetProgramLogSize(program, size);
        try (var log = new BytePointer(size.get())) {
          nvrtcGetProgramLog(program, log);
          throw new CudaException(
              "%s doesn't compile for %s: %s\n%s"
                  .formatted(
                      name,
                      architecture,
                      nvrtcGetErrorString(result).getString(),
                      log.getString()));
        }
      }
      check(nvrtcGetCUBINSize(program, size), name);
      byte[] code = new byte[Math.toIntExact(size.get())];
      try (var image = new BytePointer(size.get())) {
        check(nvrtcGetCUBIN(program, image), name);
        image.get(code);
      }
      return code;
    } finally {
      nvrtcDestroyProgram(program);
    }
  }

  private static void check(int result, String name) {
    if (result != NVRTC_SUCCESS) {
      throw new CudaException(name + ": " + nvrtcGetErrorString(result).getString());
    }
  }

  /** Kernels lie beside this class, but for what they share with the C++ backend. */
  static String resource(String file) {
    try (InputStream in = Compiler.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("the kernels " + file + " are missing from this build");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("the kernels " + file + " can't be read", e);
    }
  }
}
