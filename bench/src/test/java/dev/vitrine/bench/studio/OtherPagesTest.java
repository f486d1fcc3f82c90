package dev.vitrine.bench.studio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.bench.Browser;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The page with two models, and that of a table. */
@Tag("browser")
class OtherPagesTest {
  private static void look(Browser browser, String name) throws IOException {
    for (String scheme : List.of("light", "dark")) {
      for (int width : new int[] {360, 800, 1280}) {
        browser.screenshot("%s-%d-%s".formatted(name, width, scheme), width, scheme);
        Object wide = browser.js("return document.documentElement.scrollWidth");
        assertTrue(((Number) wide).intValue() <= width, name + " is " + wide + " wide of " + width);
      }
      assertEquals(List.of(), browser.violations(), name + " " + scheme);
    }
    browser.assertQuiet();
  }

  @Test
  void twoModelsAnswerSideBySide() throws IOException {
    try (var room = Rooms.two();
        var browser = LivePage.at(room.studio().url(), 1280, 900)) {
      browser.until(
          "both answer",
          () ->
              Boolean.TRUE.equals(
                  browser.js(
                      "return [...document.querySelectorAll('.says')].filter((s) => s.textContent"
                          + " !== '–').length === 2")));
      look(browser, "two");
    }
  }

  @Test
  void slidersOfATableMoveItsWaterfallAndAChangeOfClassIsFound() throws IOException {
    try (var room = Rooms.table();
        var browser = LivePage.at(room.studio().url(), 1280, 900)) {
      slide(browser, 1, 14);
      slide(browser, 2, 0.74);
      browser.until("it is below", () -> LivePage.says(browser).equals("below"));
      slide(browser, 1, 29);
      browser.until("it is above", () -> LivePage.says(browser).equals("above"));
      browser.until(
          "the largest step is that of a",
          () -> browser.text(".waterfall g:nth-of-type(2) text").startsWith("a"));
      assertEquals("a29", browser.text(".waterfall g:nth-of-type(2) text").replace("a 29", ""));
      browser.find(".otherwise button").click();
      browser.until("a change is found", () -> browser.has(".otherwise li"));
      assertEquals("above becomes below if you change", browser.text(".otherwise .note"));
      look(browser, "table");
      browser.find(".otherwise button:last-child").click();
      browser.until("it is below", () -> LivePage.says(browser).equals("below"));
    }
  }

  private static void slide(Browser browser, int column, double to) {
    browser.js(
        """
        const slider = document.querySelector(`#sliders label:nth-child(${arguments[0]}) input`);
        slider.value = arguments[1];
        slider.dispatchEvent(new Event('input'));
        """,
        column,
        to);
  }
}
