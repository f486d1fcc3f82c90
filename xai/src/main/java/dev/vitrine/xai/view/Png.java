package dev.vitrine.xai.view;

import dev.vitrine.tensor.io.AtomicFile;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** Pixels → PNG file, whole or not at all. */
final class Png {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final byte DIFFERENCE_TO_THE_LINE_ABOVE = 2;

  static byte[] encode(BufferedImage image) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      out.write(SIGNATURE);
      chunk(out, "IHDR", header(image));
      chunk(out, "IDAT", pixels(image));
      chunk(out, "IEND");
    } catch (IOException e) {
      throw new UncheckedIOException(e); // not in memory
    }
    return bytes.toByteArray();
  }

  private Png() {}

  static void signature(DataOutputStream out) throws IOException {
    out.write(SIGNATURE);
  }

  /** Size, 8 bits for each of red, green and blue, not interlaced. */
  static byte[] header(BufferedImage image) {
    return ByteBuffer.allocate(13)
        .putInt(image.getWidth())
        .putInt(image.getHeight())
        .put(new byte[] {8, 2, 0, 0, 0})
        .array();
  }

  /**
   * Compressed lines, each as its difference to the one above: large pixels have many equal lines,
   * and a file is a quarter smaller than ImageIO's.
   */
  static byte[] pixels(BufferedImage image) {
    int width = image.getWidth();
    int[] line = new int[width];
    int[] above = new int[width];
    byte[] bytes = new byte[1 + 3 * width];
    bytes[0] = DIFFERENCE_TO_THE_LINE_ABOVE;
    var all = new ByteArrayOutputStream();
    var deflater = new Deflater(Deflater.BEST_COMPRESSION);
    try (var packed = new DeflaterOutputStream(all, deflater)) {
      for (int y = 0; y < image.getHeight(); y++) {
        image.getRGB(0, y, width, 1, line, 0, width);
        for (int x = 0; x < width; x++) {
          for (int c = 0; c < 3; c++) {
            int shift = 16 - 8 * c;
            bytes[1 + 3 * x + c] = (byte) ((line[x] >> shift) - (above[x] >> shift));
          }
        }
        packed.write(bytes);
        System.arraycopy(line, 0, above, 0, width);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // not in memory
    } finally {
      deflater.end();
    }
    return all.toByteArray();
  }

  /** Length, name, data, checksum. */
  static void chunk(DataOutputStream out, String type, byte... data) throws IOException {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    var crc = new CRC32();
    crc.update(name);
    crc.update(data);
    out.writeInt(data.length);
    out.write(name);
    out.write(data);
    out.writeInt((int) crc.getValue());
  }

  static void write(byte[] png, Path file) {
    Path name = file.getFileName();
    if (name == null || !name.toString().toLowerCase(Locale.ROOT).endsWith(".png")) {
      throw new IllegalArgumentException(
          "\"" + file + "\": pictures are written as PNG; give a name that ends in .png");
    }
    if (Files.isDirectory(file)) {
      throw cannot(file, "a folder has that name; choose another", new IOException("is a folder"));
    }
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw cannot(
          file,
          "the folder " + folder + " does not exist; create it first",
          new IOException("no such folder"));
    }
    try {
      AtomicFile.write(file, png);
    } catch (IOException e) {
      throw cannot(file, e.toString(), e);
    }
  }

  private static UncheckedIOException cannot(Path file, String why, IOException cause) {
    return new UncheckedIOException("cannot write the picture \"" + file + "\": " + why, cause);
  }
}
