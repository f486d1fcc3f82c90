package dev.vitrine.xai.view;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class AnimationTest {
  private static Heatmap map(float v) {
    // maps with one scale have scales of one width
    return Heatmap.of(new float[] {v, -v, v, 0}, 2, 2).withScale(new Scale(3)).withFactor(8);
  }

  private record Chunk(String type, ByteBuffer data) {}

  private static List<Chunk> chunks(byte[] png) {
    var all = new ArrayList<Chunk>();
    ByteBuffer b = ByteBuffer.wrap(png).position(8);
    while (b.hasRemaining()) {
      int length = b.getInt();
      byte[] typed = new byte[4 + length];
      b.get(typed);
      var crc = new CRC32();
      crc.update(typed);
      assertEquals((int) crc.getValue(), b.getInt());
      String type = new String(typed, 0, 4, StandardCharsets.US_ASCII);
      all.add(new Chunk(type, ByteBuffer.wrap(typed, 4, length).slice()));
    }
    return all;
  }

  @Test
  void whatKnowsNoAnimationsSeesTheFirstFrame() throws IOException {
    byte[] png = new Animation(List.of(map(1), map(2)), 100).png();
    assertPixels(map(1).image(), ImageIO.read(new ByteArrayInputStream(png)));
  }

  private static void assertPixels(BufferedImage expected, BufferedImage found) {
    int w = expected.getWidth();
    int h = expected.getHeight();
    assertArrayEquals(
        expected.getRGB(0, 0, w, h, null, 0, w), found.getRGB(0, 0, w, h, null, 0, w));
  }

  @Test
  void framesAreNumberedAndHoldTheirPixels() throws IOException, DataFormatException {
    List<Heatmap> maps = List.of(map(1), map(2), map(-3));
    List<Chunk> all = chunks(new Animation(maps, 250).png());
    assertEquals("IHDR", all.getFirst().type);
    assertEquals("IEND", all.getLast().type);
    ByteBuffer animation = all.get(1).data;
    assertEquals("acTL", all.get(1).type);
    assertEquals(3, animation.getInt());
    assertEquals(0, animation.getInt(), "without end");
    int number = 0;
    var frames = new ArrayList<ByteArrayOutputStream>();
    for (Chunk c : all) {
      switch (c.type) {
        case "fcTL" -> {
          assertEquals(number++, c.data.getInt());
          assertEquals(250, c.data.getShort(20));
          assertEquals(1000, c.data.getShort(22));
          frames.add(new ByteArrayOutputStream());
        }
        case "fdAT" -> {
          assertEquals(number++, c.data.getInt());
          frames.getLast().write(c.data.array(), c.data.arrayOffset() + 4, c.data.remaining());
        }
        case "IDAT" ->
            frames.getLast().write(c.data.array(), c.data.arrayOffset(), c.data.remaining());
        default -> {}
      }
    }
    for (int f = 0; f < maps.size(); f++) {
      assertArrayEquals(pixels(Png.encode(maps.get(f).image())), inflated(frames.get(f)));
    }
  }

  /** The filtered rows of a still picture. */
  private static byte[] pixels(byte[] png) throws DataFormatException {
    var data = new ByteArrayOutputStream();
    chunks(png).stream()
        .filter(c -> c.type.equals("IDAT"))
        .forEach(c -> data.write(c.data.array(), c.data.arrayOffset(), c.data.remaining()));
    return inflated(data);
  }

  private static byte[] inflated(ByteArrayOutputStream deflated) throws DataFormatException {
    var inflater = new Inflater();
    inflater.setInput(deflated.toByteArray());
    byte[] all = new byte[1 << 20];
    int n = inflater.inflate(all);
    assertTrue(inflater.finished());
    inflater.end();
    return Arrays.copyOf(all, n);
  }

  @Test
  void framesOfOtherSizesLieOnPaperOfTheLargest() throws IOException {
    BufferedImage small = map(1).image();
    BufferedImage large = map(1).withFactor(90).image();
    byte[] png = new Animation(List.of(map(1), map(1).withFactor(90)), 100).png();
    BufferedImage first = ImageIO.read(new ByteArrayInputStream(png));
    assertEquals(large.getWidth(), first.getWidth());
    assertEquals(large.getHeight(), first.getHeight());
    assertPixels(small, first.getSubimage(0, 0, small.getWidth(), small.getHeight()));
    assertEquals(0xFFFFFFFF, first.getRGB(large.getWidth() - 1, large.getHeight() - 1));
  }

  @Test
  void noFramesAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Animation(List.of(), 100));
  }
}
