package dev.vitrine.bench.studio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.bench.Browser;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.support.ui.Select;

/** The page for images, as somebody uses it. */
@Tag("browser")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StudioPageTest {
  /** As the digits of the data are written. */
  private static final double[][] SEVEN = LivePage.points(0.3, 0.25, 0.7, 0.25, 0.45, 0.8);

  private static final double[][] ONE = LivePage.points(0.5, 0.2, 0.5, 0.8);

  private Rooms.Room room;
  private Browser browser;

  @BeforeAll
  void openTheStudio() throws IOException {
    room = Rooms.digits();
    browser = LivePage.at(room.studio().url(), 1280, 900);
  }

  @AfterAll
  void closeTheStudio() {
    if (browser != null) {
      browser.close();
    }
    room.close();
  }

  @BeforeEach
  void openThePage() {
    browser.resize(1280, 900, "light");
    browser.open();
  }

  private String note() {
    return browser.text(".picture .note");
  }

  private String heat() {
    return (String) browser.js("return document.querySelector('.picture canvas').toDataURL()");
  }

  private static String heat(Browser b, String selector) {
    return (String) b.js("return document.querySelector(arguments[0]).toDataURL()", selector);
  }

  @Test
  void whatIsDrawnIsPredictedAndExplained() {
    LivePage.draw(browser, ONE);
    browser.until("a one is seen", () -> LivePage.says(browser).equals("1"));
    String one = heat();
    browser.find("#clear").click();
    browser.until("nothing is seen", () -> LivePage.says(browser).equals("–"));
    LivePage.draw(browser, SEVEN);
    browser.until("a seven is seen", () -> LivePage.says(browser).equals("7"));
    assertNotEquals(one, heat());
    browser.find("#undo").click();
    browser.until("nothing is left", () -> LivePage.says(browser).equals("–"));
    browser.assertQuiet();
  }

  @Test
  void whereToDrawIsSaidOfAnEmptyCanvasOnly() {
    assertFalse(browser.find("#hint").isDisplayed(), "a test row is shown");
    browser.find("#clear").click();
    assertTrue(browser.find("#hint").isDisplayed());
    LivePage.draw(browser, ONE);
    assertFalse(browser.find("#hint").isDisplayed());
    browser.find("#undo").click();
    assertTrue(browser.find("#hint").isDisplayed());
    browser.find("[aria-label='Next test row']").click();
    browser.until("a row is there", () -> !browser.find("#hint").isDisplayed());
  }

  @Test
  void aSmallDrawingInACornerIsSeenAsMnistWouldHaveIt() {
    double[][] corner = new double[ONE.length][];
    for (int i = 0; i < corner.length; i++) {
      corner[i] = new double[] {ONE[i][0] * 0.6, ONE[i][1] * 0.6};
    }
    LivePage.draw(browser, corner);
    browser.until("a one is seen", () -> LivePage.says(browser).equals("1"));
    String centred = heat();
    browser.find("#centre").click();
    browser.until("it is seen where it is", () -> !heat().equals(centred));
  }

  @Test
  void picturesAreDecodedInTheBrowserDarkOnLightOrLightOnDark(@TempDir Path folder)
      throws IOException {
    for (var colours :
        List.of(List.of(Color.WHITE, Color.BLACK), List.of(Color.BLACK, Color.WHITE))) {
      var picture = new BufferedImage(300, 200, BufferedImage.TYPE_INT_RGB);
      var pen = picture.createGraphics();
      pen.setColor(colours.getFirst());
      pen.fillRect(0, 0, 300, 200);
      pen.setColor(colours.getLast());
      pen.fillRect(140, 40, 16, 120);
      pen.dispose();
      Path file = folder.resolve("one.png");
      ImageIO.write(picture, "png", file.toFile());
      browser.find("#upload").sendKeys(file.toAbsolutePath().toString());
      browser.until("a one is seen", () -> LivePage.says(browser).equals("1"));
      browser.find("#clear").click();
      browser.until("nothing is seen", () -> LivePage.says(browser).equals("–"));
    }
    Path text = Files.writeString(folder.resolve("one.txt"), "no picture");
    browser.find("#upload").sendKeys(text.toAbsolutePath().toString());
    browser.until(
        "it is refused", () -> browser.text("#problem").contains("one.txt is no picture"));
  }

  @Test
  void methodsAndClassesCanBeSwitched() {
    String before = heat();
    new Select(browser.find(".choices select")).selectByValue("lrp-epsilon");
    browser.until("LRP explains", () -> note().startsWith("lrp-epsilon took"));
    assertNotEquals(before, heat());
    String predicted = heat();
    browser.find(".bar:nth-child(4)").click();
    browser.until(
        "class 3 is explained", () -> browser.text(".scale span:last-child").equals("for 3"));
    browser.until("its map is drawn", () -> !heat().equals(predicted));
    assertEquals("true", browser.find(".bar:nth-child(4)").getDomAttribute("aria-pressed"));
    new Select(browser.find(".choices select")).selectByValue("grad-cam");
    browser.until("CAM explains", () -> note().startsWith("grad-cam took"));
    String last = heat();
    new Select(browser.find(".choices label:nth-of-type(3) select")).selectByValue("relu1");
    browser.until("another layer explains", () -> !heat().equals(last));
    browser.assertQuiet();
  }

  @Test
  void slowMethodsRunWhenTheDrawingPauses() {
    new Select(browser.find(".choices select")).selectByValue("kernel-shap");
    browser.until("it has run", () -> note().startsWith("kernel-shap took"));
    LivePage.draw(browser, ONE);
    browser.until("a one is seen", () -> LivePage.says(browser).equals("1"));
    browser.until("it has run again", () -> note().startsWith("kernel-shap took"));
    browser.assertQuiet();
  }

  @Test
  void aDraftIsShownWhileDrawingAndTheWholeWhenThePenRests() {
    browser.until("a row is explained", () -> note().startsWith("integrated-gradients took"));
    assertFalse(note().contains("draft"), note());
    browser.js(
        """
        window.notes = [];
        const note = document.querySelector('.picture .note');
        new MutationObserver(() => notes.push(note.textContent))
          .observe(note, { childList: true, characterData: true, subtree: true });
        """);
    LivePage.draw(browser, ONE);
    browser.until(
        "the whole is shown",
        () ->
            Boolean.TRUE.equals(
                browser.js("return notes.length > 1 && !/draft/.test(notes.at(-1))")));
    assertEquals(
        Boolean.TRUE,
        browser.js("return notes.slice(0, -1).every((n) => / with 8 points.*draft/.test(n))"),
        () -> browser.js("return notes.join(' | ')").toString());
    browser.assertQuiet();
  }

  @Test
  void aMethodThatWasSlowOnceIsTriedAgainAndFollowsTheDrawing() {
    browser.js(
        """
        const real = window.fetch;
        let first = true;
        window.fetch = async (what, options) => {
          const answer = await real(what, options);
          if (what !== '/api/explain' || !first) return answer;
          first = false;
          return new Response(JSON.stringify({ ...await answer.json(), milliseconds: 500 }));
        };
        """);
    new Select(browser.find(".choices select")).selectByValue("saliency");
    browser.until("it was slow", () -> note().startsWith("saliency took 500 ms"));
    browser.until("it is tried again", () -> !note().startsWith("saliency took 500 ms"));
    browser.js(
        """
        window.notes = [];
        const note = document.querySelector('.picture .note');
        new MutationObserver(() => notes.push(note.textContent))
          .observe(note, { childList: true, characterData: true, subtree: true });
        """);
    LivePage.draw(browser, ONE);
    browser.until("a one is seen", () -> LivePage.says(browser).equals("1"));
    assertFalse(browser.js("return notes.join(' | ')").toString().contains("pause"));
    browser.assertQuiet();
  }

  @Test
  void everythingCanBeDoneFromTheKeyboard() {
    browser.js("document.querySelector('#clear').focus()");
    browser.press(Keys.ENTER);
    browser.until("nothing is seen", () -> LivePage.says(browser).equals("–"));
    browser.tab(1);
    assertEquals("canvas", browser.js("return document.activeElement.id"));
    browser.press(Keys.ARROW_UP.toString().repeat(16));
    var keys = browser.actions().keyDown(" ");
    for (int i = 0; i < 32; i++) {
      keys.sendKeys(Keys.ARROW_DOWN);
    }
    keys.keyUp(" ").perform();
    browser.until("a one is seen", () -> LivePage.says(browser).equals("1"));
    browser.tab(1);
    assertEquals("Previous test row", browser.js("return document.activeElement.ariaLabel"));
    browser.tab(2);
    browser.press(Keys.ENTER);
    browser.until(
        "the next test row is shown",
        () -> "1".equals(browser.js("return document.querySelector('input[type=number]').value")));
    browser.js("document.querySelector('[role=tab]').focus()");
    browser.press(Keys.ARROW_RIGHT);
    assertEquals("Erase", browser.js("return document.activeElement.textContent"));
    browser.until("a curve is drawn", () -> browser.has("#panel-erase .curve"));
    browser.assertQuiet();
  }

  @Test
  void slidersMoveAlongThePathAndErasePixels() {
    String end = heat(browser, "#panel-path .trio figure:nth-child(3) canvas");
    slide("#panel-path input", 0.5);
    assertNotEquals(end, heat(browser, "#panel-path .trio figure:nth-child(3) canvas"));
    assertTrue(browser.text("#panel-path .aside .note").startsWith("So far the output"));
    browser.find("#tab-erase").click();
    browser.until("curves are drawn", () -> browser.has("#panel-erase .curve.random"));
    String before = browser.text("#panel-erase .aside > p:last-child");
    slide("#panel-erase input", 0.5);
    assertNotEquals(before, browser.text("#panel-erase .aside > p:last-child"));
    browser.assertQuiet();
  }

  private void slide(String selector, double to) {
    browser.js(
        """
        const slider = document.querySelector(arguments[0]);
        slider.value = arguments[1];
        slider.dispatchEvent(new Event('input'));
        """,
        selector,
        to);
  }

  @Test
  void layersAndNodesShowWhatTheyHold() {
    browser.find("#tab-maps").click();
    browser.until("maps are drawn", () -> count("#panel-maps canvas") == 8);
    browser.find("#tab-tape").click();
    browser.until("nodes are listed", () -> count("#panel-tape tbody tr") > 10);
    browser.find("#panel-tape tbody").findElements(By.tagName("button")).getFirst().click();
    browser.until("the input is shown", () -> browser.text(".held h3").startsWith("%0 input"));
    browser.assertQuiet();
  }

  private int count(String selector) {
    return ((Number) browser.js("return document.querySelectorAll(arguments[0]).length", selector))
        .intValue();
  }

  @Test
  void itFitsNarrowScreensAndServesEverybody() throws IOException {
    for (String tab : List.of("path", "erase", "maps", "tape")) {
      browser.find("#tab-" + tab).click();
      browser.until(
          "it is drawn", () -> browser.has("#panel-" + tab + " :is(.curve, .gallery canvas)"));
      for (String scheme : List.of("light", "dark")) {
        for (int width : new int[] {360, 800, 1280}) {
          browser.screenshot("image-%s-%d-%s".formatted(tab, width, scheme), width, scheme);
          Object wide = browser.js("return document.documentElement.scrollWidth");
          assertTrue(
              ((Number) wide).intValue() <= width, tab + " is " + wide + " wide of " + width);
        }
        assertEquals(List.of(), browser.violations(), tab + " " + scheme);
      }
      browser.resize(1280, 900, "light");
    }
    browser.assertQuiet();
  }
}
