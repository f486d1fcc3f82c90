package dev.vitrine.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vitrine.tensor.kernel.Binary;
import dev.vitrine.tensor.kernel.Chain;
import dev.vitrine.tensor.kernel.Unary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every kernel keeps to its registers: CUDA's own compiler, where it is installed, takes all
 * sources with the options of {@link Compiler} and spills nothing. Some three minutes.
 */
@Tag("slow")
class SpillsTest {
  private static final Pattern PROPERTIES =
      Pattern.compile(
          "Function properties for (\\w+)\\s+\\d+ bytes stack frame, (\\d+) bytes spill stores, (\\d+) bytes spill loads");

  @TempDir Path folder;

  @BeforeEach
  void sources() throws IOException {
    boolean found = isInstalled();
    if (!found) {
      System.out.println("SpillsTest is skipped: there is no nvcc on this machine's path");
    }
    assumeTrue(found, "no nvcc");
    var all = new ArrayList<>(Compiler.HEADERS);
    all.addAll(Compiler.FILES);
    for (String file : all) {
      Files.writeString(folder.resolve(file), Compiler.resource(file));
    }
  }

  private static boolean isInstalled() {
    try {
      Process p = new ProcessBuilder("nvcc", "--version").redirectErrorStream(true).start();
      p.getInputStream().readAllBytes();
      return p.waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void check(String file, String architecture, Precision precision) throws Exception {
    var command = new ArrayList<>(List.of("nvcc", "-cubin", "-arch", architecture));
    command.addAll(Compiler.OPTIONS);
    command.addAll(precision.options());
    command.addAll(List.of("-Xptxas", "-v", "-o", folder.resolve("out.cubin").toString()));
    command.add(folder.resolve(file).toString());
    Process p = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(p.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, p.waitFor(), said);
    Matcher found = PROPERTIES.matcher(said);
    int kernels = 0;
    for (; found.find(); kernels++) {
      String spilled = found.group(2) + " and " + found.group(3);
      assertEquals("0 and 0", spilled, file + ", " + architecture + ": " + found.group(1));
    }
    assertTrue(kernels > 0, said);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sm_80", "sm_90"})
  void kernels(String architecture) throws Exception {
    for (String file : Compiler.FILES) {
      check(file, architecture, Precision.EXACT);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sm_80", "sm_90"})
  void productsInTf32(String architecture) throws Exception {
    check("matmul.cu", architecture, Precision.TF32);
    check("convolution.cu", architecture, Precision.TF32);
  }

  /** The longest chain that there may be, and one of the functions that need most. */
  @Test
  void chains() throws Exception {
    var links = new ArrayList<Chain.Link>();
    for (int k = 0; k < Chain.MOST_LINKS; k++) {
      Unary f = Unary.values()[k % Unary.values().length];
      links.add(k % 3 == 2 ? new Chain.Zip(Binary.ADD, k, k + 1) : new Chain.Map(f, 1, 2, k + 1));
    }
    var few =
        List.<Chain.Link>of(
            new Chain.Map(Unary.SIN, 0, 0, 0),
            new Chain.Zip(Binary.POW, 1, 2),
            new Chain.Map(Unary.GELU, 0, 0, 3),
            new Chain.Choose(0, 3, 4));
    for (Chain c : List.of(new Chain(2, links), new Chain(2, few))) {
      String source = ChainSource.of(c, new boolean[] {false, true});
      Files.writeString(folder.resolve("chain.cu"), source);
      for (String architecture : List.of("sm_80", "sm_90")) {
        check("chain.cu", architecture, Precision.EXACT);
      }
    }
  }
}
