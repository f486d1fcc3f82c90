package dev.vitrine.xai.view;

/** One small image of h × w coloured pixels, before it is enlarged, framed and given a scale. */
public sealed interface Tile extends Picture permits InputImage, Heatmap, Overlay {

  /** What {@link #rgb} answers where the value is NaN: drawn as a crossed-out yellow pixel. */
  int NAN = -1;

  int height();

  int width();

  /** 0xRRGGBB of a pixel, or {@link #NAN}. */
  int rgb(int row, int column);

  /** How many pixels have no value to show. */
  default int nanCount() {
    int count = 0;
    for (int row = 0; row < height(); row++) {
      for (int column = 0; column < width(); column++) {
        count += rgb(row, column) == NAN ? 1 : 0;
      }
    }
    return count;
  }
}
