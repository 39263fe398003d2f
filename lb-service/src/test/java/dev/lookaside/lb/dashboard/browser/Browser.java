package dev.lookaside.lb.dashboard.browser;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.JavascriptExecutor;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;

/** A headless Chromium that looks at the dashboard. */
final class Browser implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int MOST_TABS = 30;

  private final ChromeDriver driver;

  Browser() {
    ChromeOptions options = new ChromeOptions();
    options.setBinary("/usr/bin/chromium");
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--hide-scrollbars",
        "--enable-precise-memory-info",
        "--js-flags=--expose-gc");
    options.setCapability("goog:loggingPrefs", Map.of(LogType.BROWSER, "ALL"));
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(new File("/usr/bin/chromedriver"))
            .usingAnyFreePort()
            .build();
    driver = new ChromeDriver(service, options);
    size(1_440, 1_000);
  }

  /** Opens the page, and waits until it shows something. */
  Browser open(int port) {
    driver.get("http://127.0.0.1:" + port + "/");
    await()
        .atMost(PATIENCE)
        .until(() -> run("return document.documentElement.dataset.shown") != null);
    return this;
  }

  /** The inner size, which the window cannot have below 500 pixels. */
  Browser size(int width, int height) {
    driver.manage().window().setSize(new Dimension(width, height));
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 500));
    return this;
  }

  Browser scheme(String light) {
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", light))));
    return this;
  }

  @Nullable Object run(String script, Object... arguments) {
    return ((JavascriptExecutor) driver).executeScript(script, arguments);
  }

  double number(String script) {
    return Objects.requireNonNull((Number) run(script), script).doubleValue();
  }

  /** The text of the first such element; empty if there is none. */
  String text(String css) {
    try {
      List<WebElement> found = driver.findElements(By.cssSelector(css));
      return found.isEmpty() ? "" : found.get(0).getText();
    } catch (StaleElementReferenceException e) {
      return "";
    }
  }

  int count(String css) {
    return driver.findElements(By.cssSelector(css)).size();
  }

  void awaitText(String css, String part) {
    await(css + " says " + part).atMost(PATIENCE).until(() -> text(css).contains(part));
  }

  void click(String css) {
    await(css)
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() -> {
          driver.findElement(By.cssSelector(css)).click();
          return true;
        });
  }

  void type(String css, CharSequence... keys) {
    driver.findElement(By.cssSelector(css)).sendKeys(keys);
  }

  /** Types where the focus is. */
  void press(CharSequence... keys) {
    driver.switchTo().activeElement().sendKeys(keys);
  }

  void focus(String css) {
    await(css)
        .atMost(PATIENCE)
        .until(() ->
            Boolean.TRUE.equals(
                run(
                    "const found = document.querySelector(arguments[0]); found?.focus();"
                        + "return found !== null && document.activeElement === found",
                    css)));
  }

  /** Tab after Tab, as somebody without a mouse. */
  void focusByTab(String id) {
    for (int i = 0; i < MOST_TABS; i++) {
      if (id.equals(run("return document.activeElement.id"))) {
        return;
      }
      press(Keys.TAB);
    }
    throw new AssertionError("Tab does not lead to " + id);
  }

  /** As if somebody had chosen this of a select. */
  void choose(String css, String value) {
    await(css).atMost(PATIENCE).until(() -> count(css) == 1);
    run(
        "const select = document.querySelector(arguments[0]); select.value = arguments[1];"
            + "select.dispatchEvent(new Event('change'))",
        css,
        value);
  }

  void clear(String css) {
    type(css, Keys.chord(Keys.CONTROL, "a"), Keys.DELETE);
  }

  /** What the console was told of errors, violations of the policy of contents among them. */
  List<String> complaints() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .filter(entry -> entry.getLevel().intValue() >= Level.SEVERE.intValue())
        .map(entry -> entry.getMessage())
        .toList();
  }

  void save(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
  }

  @Override
  public void close() {
    driver.quit();
  }
}
