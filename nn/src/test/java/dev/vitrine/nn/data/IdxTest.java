package dev.vitrine.nn.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxTest {
  @TempDir Path folder;

  @Test
  void readsPlainAndPackedFiles() throws IOException {
    var bytes = idx(0x803, new int[] {2, 2, 3}, 12);
    for (var content : new byte[][] {bytes, packed(bytes)}) {
      var idx = Idx.read(file(content), 3);
      assertEquals(2, idx.dim(0));
      assertEquals(3, idx.dim(2));
      assertArrayEquals(Arrays.copyOfRange(bytes, 16, 28), idx.values());
    }
  }

  @Test
  void refusesWhatIsNotIdx() throws IOException {
    refused(idx(0x12340803, new int[] {1, 1, 1}, 1), "it is not an IDX file");
    refused("<html>not found</html>".getBytes(), "it is not an IDX file");
    refused(idx(0x0D03, new int[] {1, 1, 1}, 4), "type 0x0d, expected unsigned bytes");
    refused(idx(0x801, new int[] {5}, 5), "it has 1 dimensions, expected 3");
    refused(new byte[0], "it ends too early");
    refused(new byte[] {0, 0, 8}, "it ends too early");
  }

  @Test
  void refusesTooFewAndTooManyValues() throws IOException {
    var tooFew = idx(0x803, new int[] {2, 2, 3}, 11);
    refused(tooFew, "its header promises 12 values, only 11 follow");
    refused(packed(tooFew), "its header promises 12 values, only 11 follow");
    refused(idx(0x803, new int[] {2, 2, 3}, 13), "more bytes follow than the 12 values");
  }

  @Test
  void refusesAbsurdHeadersWithoutTakingMemory() throws IOException {
    refused(idx(0x803, new int[] {60000, -28, 28}, 5), "[60000, -28, 28] are impossible");
    refused(idx(0x803, new int[] {0, 28, 28}, 5), "[0, 28, 28] are impossible");
    refused(idx(0x803, new int[] {Integer.MAX_VALUE, 65536, 65536}, 5), "or too large");
    var before = allocated();
    refused(idx(0x803, new int[] {1 << 10, 1 << 10, 1 << 10}, 5), "only 5 follow");
    assertTrue(allocated() - before < 8 << 20, "took " + (allocated() - before) + " bytes");
  }

  @Test
  void refusesDamagedArchives() throws IOException {
    var packed = packed(idx(0x803, new int[] {10, 10, 10}, 1000));
    refused(Arrays.copyOf(packed, packed.length / 2), "it ends too early");
    packed[packed.length - 6] ^= 1; // the checksum
    refused(packed, "it cannot be unpacked");
  }

  @Test
  void imagesAndLabelsMustBelongTogether() throws IOException {
    var images = write("images", idx(0x803, new int[] {3, 2, 2}, 12));
    var two = write("two", idx(0x801, new int[] {2}, 2));
    var e = assertThrows(IOException.class, () -> read(images, two));
    assertTrue(e.getMessage().contains("3 images"), e.getMessage());
    var three = write("three", idx(0x801, new int[] {3}, 3));
    try (var data = read(images, three)) {
      assertArrayEquals(new int[] {0, 1, 2}, data.targets().toInts());
      assertArrayEquals(new int[] {3, 2, 2, 1}, data.inputs().shape().dims());
      assertEquals(11 / 255f, data.inputs().at(11), 0f);
    }
    var label = write("label", new byte[] {0, 0, 8, 1, 0, 0, 0, 3, 0, 1, (byte) 200});
    var high = assertThrows(IllegalArgumentException.class, () -> read(images, label));
    assertTrue(high.getMessage().contains("row 2: label 200"), high.getMessage());
  }

  private static Dataset read(Path images, Path labels) throws IOException {
    return IdxImages.read("small", images, labels, GreyImages.DIGITS);
  }

  private void refused(byte[] content, String why) throws IOException {
    var file = file(content);
    var e = assertThrows(IOException.class, () -> Idx.read(file, 3));
    assertTrue(e.getMessage().contains(why), e.getMessage());
    assertTrue(e.getMessage().startsWith(file.toString()), e.getMessage());
  }

  private static long allocated() {
    var threads =
        (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
    return threads.getCurrentThreadAllocatedBytes();
  }

  private Path file(byte[] content) throws IOException {
    return write("file", content);
  }

  private Path write(String name, byte[] content) throws IOException {
    return Files.write(folder.resolve(name), content);
  }

  /** A file whose values count up from 0. */
  static byte[] idx(int magic, int[] dims, int values) throws IOException {
    var bytes = new ByteArrayOutputStream();
    var out = new DataOutputStream(bytes);
    out.writeInt(magic);
    for (var dim : dims) {
      out.writeInt(dim);
    }
    for (var v = 0; v < values; v++) {
      out.writeByte(v);
    }
    return bytes.toByteArray();
  }

  static byte[] packed(byte[] content) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(bytes)) {
      out.write(content);
    }
    return bytes.toByteArray();
  }
}
