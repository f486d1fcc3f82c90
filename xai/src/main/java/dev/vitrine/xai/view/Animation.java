package dev.vitrine.xai.view;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32;

/**
 * Pictures one after the other without end, on paper of the largest one's size: an animated PNG
 * (PNG specification, third edition, section 11.3.7). What doesn't know it shows the first one.
 *
 * @param frames at least one
 * @param millis how long each is shown
 */
public record Animation(List<? extends Picture> frames, int millis) implements Picture {
  private static final int SIGNATURE = 8;
  private static final byte ENDLESS = 0;

  public Animation {
    frames = List.copyOf(frames);
    if (frames.isEmpty() || millis < 1 || millis > 65_535) {
      throw new IllegalArgumentException(
          "%d frames of %d ms: at least one is needed, shown for 1 to 65535 ms"
              .formatted(frames.size(), millis));
    }
  }

  /** The first frame. */
  @Override
  public BufferedImage image() {
    return drawn().getFirst();
  }

  /** All frames on paper of one size. */
  private List<BufferedImage> drawn() {
    List<BufferedImage> images = frames.stream().map(Picture::image).toList();
    int width = images.stream().mapToInt(BufferedImage::getWidth).max().orElseThrow();
    int height = images.stream().mapToInt(BufferedImage::getHeight).max().orElseThrow();
    return images.stream().map(i -> new Canvas(width, height).paste(i)).toList();
  }

  @Override
  public byte[] png() {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      int number = 0;
      List<BufferedImage> images = drawn();
      for (int f = 0; f < images.size(); f++) {
        ByteBuffer png = ByteBuffer.wrap(Png.encode(images.get(f)));
        if (f == 0) {
          out.write(png.array(), 0, SIGNATURE);
        }
        png.position(SIGNATURE);
        boolean begun = false;
        while (png.hasRemaining()) {
          byte[] data = new byte[png.getInt()];
          byte[] type = new byte[4];
          png.get(type).get(data).getInt();
          switch (new String(type, StandardCharsets.US_ASCII)) {
            case "IHDR" -> {
              if (f == 0) {
                chunk(out, "IHDR", data);
                chunk(out, "acTL", ints(frames.size(), ENDLESS));
              }
            }
            case "IDAT" -> {
              if (!begun) {
                chunk(out, "fcTL", control(number++, images.get(f)));
                begun = true;
              }
              if (f == 0) {
                chunk(out, "IDAT", data);
              } else {
                byte[] numbered =
                    ByteBuffer.allocate(4 + data.length).putInt(number++).put(data).array();
                chunk(out, "fdAT", numbered);
              }
            }
            default -> {} // what ImageIO adds: gamma and the like
          }
        }
      }
      chunk(out, "IEND", new byte[0]);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // not in memory
    }
    return bytes.toByteArray();
  }

  /** A whole frame in place of the one before. */
  private byte[] control(int number, BufferedImage of) {
    return ByteBuffer.allocate(26)
        .put(ints(number, of.getWidth(), of.getHeight(), 0, 0))
        .putShort((short) millis)
        .putShort((short) 1000)
        .put((byte) 0) // is left as it is
        .put((byte) 0) // and overwritten
        .array();
  }

  private static byte[] ints(int... values) {
    ByteBuffer b = ByteBuffer.allocate(4 * values.length);
    for (int v : values) {
      b.putInt(v);
    }
    return b.array();
  }

  private static void chunk(DataOutputStream out, String type, byte[] data) throws IOException {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    var crc = new CRC32();
    crc.update(name);
    crc.update(data);
    out.writeInt(data.length);
    out.write(name);
    out.write(data);
    out.writeInt((int) crc.getValue());
  }
}
