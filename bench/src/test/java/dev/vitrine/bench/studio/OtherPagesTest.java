package dev.vitrine.bench.studio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vitrine.bench.Browser;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.support.ui.Select;

/** The page with two models, and that of a table. */
@Tag("browser")
class OtherPagesTest {
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
      browser.look("two");
      browser.assertQuiet();
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
      assertEquals("above becomes below if you change", browser.text("#others .note"));
      browser.look("table");
      browser.find(".otherwise button:last-child").click();
      browser.until("it is below", () -> LivePage.says(browser).equals("below"));
      browser.assertQuiet();
    }
  }

  @Test
  void aTableIsReadAlongThePathAndErased() throws IOException {
    try (var room = Rooms.single();
        var browser = LivePage.at(room.studio().url(), 1280, 900)) {
      slide(browser, 1, 14);
      slide(browser, 2, 0.74);
      browser.until("it is below", () -> LivePage.says(browser).equals("below"));
      var town = new Select(browser.find("#sliders select"));
      town.selectByVisibleText("Rome");
      browser.until(
          "the town is Rome",
          () -> browser.text(".waterfall").contains("town Rome") && !stale(browser));
      browser.until("the list has the row", () -> browser.text(".ledger").contains("Rome"));
      assertEquals(List.of("14", "0.74", "Rome"), held(browser, "path"));
      browser.js(
          """
          const along = document.querySelector('#panel-path input');
          along.value = 0;
          along.dispatchEvent(new Event('input'));
          """);
      // a mean has no town
      assertEquals("none", held(browser, "path").getLast());
      double mean = Double.parseDouble(held(browser, "path").getFirst());
      assertEquals(20, mean, 1, "the mean of a, which is whole and goes from 10 to 30");
      browser.look("table-path");
      browser.find("#tab-erase").click();
      browser.until("one column is erased", () -> browser.has("#panel-erase .gone"));
      assertTrue(browser.text("#panel-erase output").endsWith("1 of 3"));
      browser.find("#others button").click();
      browser.until("a change is found", () -> browser.has("#others li"));
      assertEquals("above becomes below if you change", browser.text("#others .note"));
      browser.look("table-erase");
      browser.assertQuiet();
    }
  }

  private static boolean stale(Browser browser) {
    return browser.has("#closer.stale");
  }

  private static List<String> held(Browser browser, String panel) {
    Object all =
        browser.js(
            "return [...document.querySelectorAll(arguments[0])].map((cell) => cell.textContent)",
            "#panel-" + panel + " .ledger td.number");
    return ((List<?>) all).stream().map(String::valueOf).toList();
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
