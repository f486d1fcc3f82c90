package dev.vitrine.bench.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class MachineTest {
  @Test
  void x86IsReadOnceForAllItsProcessors() {
    var lines =
        """
        processor\t: 0
        model name\t: Imaginary 9000 @ 3.00GHz
        flags\t\t: fpu sse4_2 smep avx2 fma avx512f amx_tile

        processor\t: 1
        model name\t: Imaginary 9000 @ 3.00GHz
        flags\t\t: fpu sse4_2 smep avx2 fma avx512f amx_tile
        """
            .lines()
            .toList();
    assertEquals(
        new Machine(
            "Imaginary 9000 @ 3.00GHz", List.of("sse4_2", "avx2", "fma", "avx512f", "amx_tile")),
        Machine.parse(lines));
  }

  @Test
  void armIsReadToo() {
    var machine = Machine.parse(List.of("Features\t: fp asimd asimddp sve crc32 sme2"));
    assertEquals(List.of("asimd", "asimddp", "sve", "sme2"), machine.features());
    assertEquals(System.getProperty("os.arch"), machine.processor());
  }

  @Test
  void thisMachineHasAProcessor() throws IOException {
    assertFalse(Machine.here().processor().isBlank());
  }
}
