package io.edgefrontier.page;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.imageio.ImageIO;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A headless Chromium without a network, which records what its page asks for and complains of. */
final class Browser implements AutoCloseable {
  private static final int WIDTH = 1280;
  private static final int HEIGHT = 900;

  /**
   * Of bindings to DevTools that Selenium misses and nothing here needs; kept, as it is cached
   * weakly.
   */
  private static final Logger BINDINGS =
      Logger.getLogger("org.openqa.selenium.devtools.CdpVersionFinder");

  private final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  /** Starts the browser with a profile of its own, which goes when it is closed. */
  static Browser start(BrowserPrograms programs) {
    BINDINGS.setLevel(Level.SEVERE);
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(programs.driver().toFile())
            .usingAnyFreePort()
            .withSilent(true)
            .build();
    ChromeDriver driver = new ChromeDriver(service, options(programs.browser()));
    driver.manage().timeouts().pageLoadTimeout(Duration.ofSeconds(60));
    driver.manage().timeouts().scriptTimeout(Duration.ofSeconds(30));
    Browser browser = new Browser(driver);
    browser.resize(WIDTH, HEIGHT);
    return browser;
  }

  private static ChromeOptions options(Path program) {
    ChromeOptions options = new ChromeOptions();
    options.setBinary(program.toFile());
    options.addArguments(
        "--headless=new",
        "--lang=en",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-extensions",
        "--disable-sync",
        "--host-resolver-rules=MAP * ~NOTFOUND");
    if ("root".equals(System.getProperty("user.name"))) {
      options.addArguments("--no-sandbox"); // Chromium refuses to start as root with it
    }
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    logs.enable(LogType.PERFORMANCE, Level.ALL);
    options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
    return options;
  }

  /** Opens a file in a window of the usual size, in the light scheme, on screen. */
  void open(Path file) {
    if (!Files.exists(file)) {
      throw new IllegalArgumentException(file + ": no such file to open");
    }
    resize(WIDTH, HEIGHT);
    emulate("", "light");
    driver.get(file.toUri().toString());
    settle();
  }

  /**
   * Sets the size of the window's content in CSS pixels; a headless window itself does not get as
   * narrow as a telephone.
   */
  void resize(int width, int height) {
    command(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
  }

  /**
   * Sets what media queries see.
   *
   * @param medium print, screen, or empty for the browser's own
   * @param scheme light or dark
   */
  void emulate(String medium, String scheme) {
    command(
        "Emulation.setEmulatedMedia",
        Map.of(
            "media",
            medium,
            "features",
            List.of(
                Map.of("name", "prefers-color-scheme", "value", scheme),
                // Smooth scrolling would have moved an element away before it is clicked.
                Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
  }

  /** Executes a command of the DevTools protocol. */
  Map<String, Object> command(String name, Map<String, Object> parameters) {
    return driver.executeCdpCommand(name, parameters);
  }

  /** Runs JavaScript in the page: the body of a function, with {@code arguments}. */
  Object run(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  /** Runs a script among the tests' resources likewise. */
  Object runFile(String name, Object... arguments) throws IOException {
    try (InputStream script = Browser.class.getResourceAsStream(name)) {
      return run(new String(script.readAllBytes(), StandardCharsets.UTF_8), arguments);
    }
  }

  String text(String script, Object... arguments) {
    return String.valueOf(run(script, arguments));
  }

  int number(String script, Object... arguments) {
    return ((Number) run(script, arguments)).intValue();
  }

  /** Returns the strings of an array that a script returns. */
  List<String> texts(String script, Object... arguments) {
    List<String> texts = new ArrayList<>();
    for (Object item : (List<?>) run(script, arguments)) {
      texts.add(String.valueOf(item));
    }
    return texts;
  }

  WebElement find(String selector) {
    return driver.findElement(By.cssSelector(selector));
  }

  List<WebElement> findAll(String selector) {
    return driver.findElements(By.cssSelector(selector));
  }

  /** Presses keys, one after another, wherever the focus is. */
  void press(CharSequence... keys) {
    new Actions(driver).sendKeys(keys).perform();
    settle();
  }

  /** Presses a key while another one is held. */
  void pressHolding(Keys held, CharSequence key) {
    new Actions(driver).keyDown(held).sendKeys(key).keyUp(held).perform();
    settle();
  }

  void hover(WebElement element) {
    new Actions(driver).moveToElement(element).perform();
    settle();
  }

  void click(WebElement element) {
    element.click();
    settle();
  }

  /** Waits until the page has been drawn as it now is. */
  void settle() {
    driver.executeAsyncScript(
        "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done()));");
  }

  /** Returns what was written to the console since the last call, uncaught errors included. */
  List<String> console() {
    List<String> lines = new ArrayList<>();
    for (LogEntry entry : driver.manage().logs().get(LogType.BROWSER)) {
      lines.add(entry.getLevel() + " " + entry.getMessage());
    }
    return lines;
  }

  /**
   * Returns the addresses that pages asked for since the last call, those of the pages included.
   */
  List<String> requests() {
    List<String> addresses = new ArrayList<>();
    for (LogEntry entry : driver.manage().logs().get(LogType.PERFORMANCE)) {
      JsonObject message =
          JsonParser.parseString(entry.getMessage()).getAsJsonObject().getAsJsonObject("message");
      JsonObject parameters = message.getAsJsonObject("params");
      switch (message.get("method").getAsString()) {
        case "Network.requestWillBeSent" ->
            addresses.add(parameters.getAsJsonObject("request").get("url").getAsString());
        case "Network.webSocketCreated", "Network.webTransportCreated" ->
            addresses.add(parameters.get("url").getAsString());
        default -> {} // about a request that is listed already, or none
      }
    }
    return addresses;
  }

  /** Returns where in the page an element and the eight pixels around it are, as far as visible. */
  Map<?, ?> surroundings(WebElement element) {
    return (Map<?, ?>)
        run(
            """
            const box = arguments[0].getBoundingClientRect();
            const left = Math.max(0, box.left - 8), top = Math.max(0, box.top - 8);
            return { x: left + scrollX, y: top + scrollY, scale: 1,
              width: Math.min(innerWidth, box.right + 8) - left,
              height: Math.min(innerHeight, box.bottom + 8) - top };
            """,
            element);
  }

  /** Returns what is to be seen at a place. */
  BufferedImage picture(Map<?, ?> place) throws IOException {
    for (String side : List.of("width", "height")) {
      if (((Number) place.get(side)).doubleValue() < 1) { // the browser would never answer
        throw new IllegalArgumentException("nothing of it is in the window: " + place);
      }
    }
    Object png =
        command("Page.captureScreenshot", Map.of("format", "png", "clip", place)).get("data");
    return ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode((String) png)));
  }

  void screenshot(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
  }

  @Override
  public void close() {
    driver.quit();
  }
}
