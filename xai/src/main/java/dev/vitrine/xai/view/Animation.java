package dev.vitrine.xai.view;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Pictures one after the other without end, on paper of the largest one's size: an animated PNG
 * (PNG specification, third edition, section 11.3.7). What doesn't know it shows the first one.
 *
 * @param frames at least one
 * @param millis how long each is shown
 */
public record Animation(List<? extends Picture> frames, int millis) implements Picture {
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
      Png.signature(out);
      Png.chunk(out, "IHDR", Png.header(images.getFirst()));
      Png.chunk(out, "acTL", ints(frames.size(), ENDLESS));
      for (BufferedImage image : images) {
        Png.chunk(out, "fcTL", control(number++, image));
        byte[] pixels = Png.pixels(image);
        if (number == 1) {
          Png.chunk(out, "IDAT", pixels);
        } else {
          ByteBuffer data = ByteBuffer.allocate(4 + pixels.length).putInt(number++).put(pixels);
          Png.chunk(out, "fdAT", data.array());
        }
      }
      Png.chunk(out, "IEND");
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
}
