package dev.vitrine.tensor.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CacheFolderTest {
  @Test
  void theDesktopsVariableComesBeforeTheHome() {
    assertEquals(Path.of("home", ".cache", "vitrine"), CacheFolder.in(null, "home"));
    assertEquals(Path.of("home", ".cache", "vitrine"), CacheFolder.in(" ", "home"));
    assertEquals(Path.of("c", "vitrine"), CacheFolder.in("c", "home"));
    assertTrue(CacheFolder.of("data").endsWith(Path.of("vitrine", "data")));
  }
}
