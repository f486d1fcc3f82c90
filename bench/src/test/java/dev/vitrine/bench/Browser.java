package dev.vitrine.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.print.PrintOptions;

/** Headless Chromium with a fresh profile, looking at a page. */
public final class Browser implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");

  /**
   * Tells at each start that it knows no newer Chromium; what we need has not changed for years.
   */
  private static final Logger VERSIONS =
      Logger.getLogger("org.openqa.selenium.devtools.CdpVersionFinder");

  private final ChromeDriver driver;
  private final Path profile;
  private final String url;
  private final Consumer<Browser> ready;

  private Browser(ChromeDriver driver, Path profile, String url, Consumer<Browser> ready) {
    this.driver = driver;
    this.profile = profile;
    this.url = url;
    this.ready = ready;
  }

  /**
   * Opens the page; where there is no Chromium the test is skipped, aloud.
   *
   * @param ready waits until everything is there
   */
  public static Browser at(String url, int width, int height, Consumer<Browser> ready)
      throws IOException {
    Path program = onPath("chromium", "chromium-browser", "google-chrome");
    Path conductor = onPath("chromedriver");
    VERSIONS.setLevel(Level.SEVERE);
    Path profile = Files.createTempDirectory("vitrine-browser");
    var options = new ChromeOptions();
    options.setBinary(program.toFile());
    options.addArguments(
        "--headless=new",
        "--no-sandbox", // its sandbox doesn't run as root
        "--disable-gpu",
        "--user-data-dir=" + profile,
        "--window-size=%d,%d".formatted(Math.max(width, 500), height));
    var logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    options.setCapability("goog:loggingPrefs", logs);
    // with the program given, Selenium looks for none and downloads none
    System.setProperty("webdriver.chrome.driver", conductor.toString());
    var browser = new Browser(new ChromeDriver(options), profile, url, ready);
    try {
      browser.resize(width, height, "light");
      browser.open();
      return browser;
    } catch (RuntimeException | AssertionError e) { // nobody else would end it
      browser.close();
      throw e;
    }
  }

  /** Opens the page anew and waits until everything is there. */
  public void open() {
    driver.get(url);
    ready.accept(this);
  }

  private static Path onPath(String... names) {
    for (String name : names) {
      for (String folder : System.getenv("PATH").split(File.pathSeparator)) {
        Path program = Path.of(folder, name);
        if (Files.isExecutable(program)) {
          return program;
        }
      }
    }
    String sentence =
        "a page is not tested in a browser: no %s on PATH; install chromium and chromium-driver"
            .formatted(String.join(" or ", names));
    System.out.println(sentence);
    return abort(sentence);
  }

  /** The size of the page itself, narrower than windows can be, and the colours it prefers. */
  public void resize(int width, int height, String scheme) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  public boolean has(String selector) {
    return !driver.findElements(By.cssSelector(selector)).isEmpty();
  }

  public WebElement find(String selector) {
    return driver.findElement(By.cssSelector(selector));
  }

  public String text(String selector) {
    return String.valueOf(js("return document.querySelector(arguments[0]).textContent", selector));
  }

  public Object js(String script, Object... arguments) {
    return Objects.requireNonNullElse(driver.executeScript(script, arguments), "");
  }

  public Object later(String script, Object... arguments) {
    driver.manage().timeouts().scriptTimeout(Duration.ofSeconds(60));
    return Objects.requireNonNullElse(driver.executeAsyncScript(script, arguments), "");
  }

  public void until(String what, BooleanSupplier holds) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!holds.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("waited in vain: " + what + "; console: " + console());
      }
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError(e);
      }
    }
  }

  public Actions actions() {
    return new Actions(driver, Duration.ZERO);
  }

  public void press(CharSequence... keys) {
    actions().sendKeys(keys).perform();
  }

  public void tab(int times) {
    for (int i = 0; i < times; i++) {
      press(Keys.TAB);
    }
  }

  /**
   * Nothing is wider than a phone, a tablet or a screen, and everybody can read it, light or dark.
   */
  public void look(String name) throws IOException {
    for (String scheme : List.of("dark", "light")) {
      for (int width : new int[] {1280, 768, 360}) {
        screenshot("%s-%d-%s".formatted(name, width, scheme), width, scheme);
        int wide = ((Number) js("return document.documentElement.scrollWidth")).intValue();
        assertTrue(wide <= width, () -> name + " is " + wide + " pixels wide, of " + width);
      }
      assertEquals(List.of(), violations(), name + " " + scheme);
    }
  }

  /** A picture of the whole page, for people. */
  public Path screenshot(String name, int width, String scheme) throws IOException {
    resize(width, 900, scheme);
    long height = ((Number) js("return document.documentElement.scrollHeight")).longValue();
    resize(width, Math.toIntExact(height), scheme);
    later("requestAnimationFrame(() => requestAnimationFrame(() => arguments[0]()))");
    Files.createDirectories(SCREENSHOTS);
    Path file = SCREENSHOTS.resolve(name + ".png");
    return Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
  }

  /** What one element looks like now. */
  public byte[] picture(String selector) {
    return find(selector).getScreenshotAs(OutputType.BYTES);
  }

  /** The page as it is printed, for people. */
  public Path print(String name) throws IOException {
    Files.createDirectories(SCREENSHOTS);
    var pdf = driver.print(new PrintOptions()).getContent();
    return Files.write(SCREENSHOTS.resolve(name + ".pdf"), Base64.getDecoder().decode(pdf));
  }

  /** What axe holds against the page as it is now, one line for each rule. */
  public List<String> violations() throws IOException {
    try (var in = Browser.class.getResourceAsStream("/axe.min.js")) {
      js(new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8));
    }
    Object found =
        later(
            """
            const done = arguments[0];
            axe.run().then((r) => done(r.violations.map((v) =>
              v.id + ': ' + v.help + ' ' + v.nodes.map((n) => n.html + ' ' + n.failureSummary).join(' | '))));
            """);
    return ((List<?>) found).stream().map(String::valueOf).toList();
  }

  /** Warnings and errors since the last call. */
  public List<String> console() {
    var lines = new ArrayList<String>();
    driver.manage().logs().get(LogType.BROWSER).forEach(e -> lines.add(e.getMessage()));
    return lines;
  }

  /** Nothing was complained about, and nobody else was asked anything. */
  public void assertQuiet() {
    assertQuiet(url);
  }

  /** The same where files beside the page may be asked for. */
  public void assertQuiet(String own) {
    assertEquals(List.of(), console());
    Object elsewhere =
        js(
            """
            return performance.getEntriesByType('resource').map((r) => r.name)
              .filter((name) => !name.startsWith(arguments[0]));
            """,
            own);
    assertEquals(List.of(), elsewhere);
  }

  @Override
  public void close() {
    driver.quit();
    try (Stream<Path> files = Files.walk(profile)) {
      files.sorted((a, b) -> b.compareTo(a)).map(Path::toFile).forEach(File::delete);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
