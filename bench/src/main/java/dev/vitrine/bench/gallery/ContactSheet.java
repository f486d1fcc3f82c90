package dev.vitrine.bench.gallery;

import dev.vitrine.xai.view.Picture;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Image;
import java.awt.image.BufferedImage;
import java.util.List;

/**
 * Many pictures on one, each as large as its cell lets it.
 *
 * @param pictures left to right, top to bottom
 * @param columns how many stand side by side
 */
record ContactSheet(List<Picture> pictures, int columns) implements Picture {
  private static final int WIDTH = 600;
  private static final int HEIGHT = 460;
  private static final int GAP = 20;

  @Override
  public BufferedImage image() {
    int rows = Math.ceilDiv(pictures.size(), columns);
    var sheet =
        new BufferedImage(
            columns * (WIDTH + GAP) + GAP, rows * (HEIGHT + GAP) + GAP, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = sheet.createGraphics();
    g.setColor(Color.WHITE);
    g.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
    for (int i = 0; i < pictures.size(); i++) {
      BufferedImage one = pictures.get(i).image();
      double scale =
          Math.min(1, Math.min((double) WIDTH / one.getWidth(), (double) HEIGHT / one.getHeight()));
      int w = (int) Math.max(1, scale * one.getWidth());
      int h = (int) Math.max(1, scale * one.getHeight());
      int left = GAP + i % columns * (WIDTH + GAP) + (WIDTH - w) / 2;
      int top = GAP + i / columns * (HEIGHT + GAP) + (HEIGHT - h) / 2;
      // The mean over what becomes one pixel: thin lines do not vanish.
      g.drawImage(one.getScaledInstance(w, h, Image.SCALE_AREA_AVERAGING), left, top, null);
    }
    g.dispose();
    return sheet;
  }
}
