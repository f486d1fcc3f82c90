package dev.vitrine.bench.studio;

import dev.vitrine.bench.Browser;
import java.io.IOException;
import java.util.Arrays;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

/** The live page in a browser, and a hand that draws on it. */
final class LivePage {
  private LivePage() {}

  static Browser at(String url, int width, int height) throws IOException {
    return Browser.at(
        url,
        width,
        height,
        b -> {
          b.until("the page is open", () -> b.has("body.open"));
          b.until("there is a prediction", () -> !says(b).equals("–"));
          b.until(
              "one can look closer", () -> b.has("#closer:not([hidden]) :is(.curve, tbody tr)"));
        });
  }

  /** The class that the first model predicts. */
  static String says(Browser b) {
    return b.text(".card .says");
  }

  /** Draws lines through points by mouse, in shares of the canvas's side. */
  static void draw(Browser b, double[]... points) {
    WebElement canvas = b.find("#canvas");
    b.js("arguments[0].scrollIntoView({ block: 'nearest' })", canvas);
    int side = canvas.getSize().width;
    Actions mouse = b.actions();
    for (int i = 0; i < points.length; i++) {
      int x = (int) ((points[i][0] - 0.5) * side);
      int y = (int) ((points[i][1] - 0.5) * side);
      mouse.moveToElement(canvas, x, y);
      if (i == 0) {
        mouse.clickAndHold();
      }
    }
    mouse.release().perform();
  }

  static double[][] points(double... xy) {
    double[][] points = new double[xy.length / 2][];
    Arrays.setAll(points, i -> new double[] {xy[2 * i], xy[2 * i + 1]});
    return points;
  }
}
