package dev.lookaside.lb.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lookaside.lb.testing.RunningLb;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The page as the real server sends it. */
class DashboardHttpTest {
  private static final Pattern OWN_FILE = Pattern.compile("(?:src|href)=\"(/dashboard/[^\"]+)\"");
  private static final Pattern MODULE = Pattern.compile("from '([^']+)'");
  private static RunningLb lb;

  @BeforeAll
  static void start() {
    lb = RunningLb.start("--lb.registry=embedded", "--lb.dashboard.pages=2");
  }

  @AfterAll
  static void stop() {
    lb.close();
  }

  @Test
  void thePageIsMadeOfWhatThisServerSendsAndNothingElse() {
    HttpResponse<String> page = lb.get("/");

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
        .startsWith("default-src 'none'")
        .doesNotContain("unsafe");
    assertThat(page.body()).doesNotContain("http://").doesNotContain("https://");
  }

  @Test
  void everyFileThatThePageNamesIsThere() {
    List<String> paths =
        new ArrayList<>(
            OWN_FILE.matcher(lb.get("/").body()).results().map(match -> match.group(1)).toList());
    assertThat(paths).hasSizeGreaterThan(3);

    for (int i = 0; i < paths.size(); i++) {
      String path = paths.get(i);
      HttpResponse<String> file = lb.get(path);
      assertThat(file.statusCode()).as(path).isEqualTo(200);
      if (path.contains("/js/")) {
        MODULE
            .matcher(file.body())
            .results()
            .map(match -> URI.create(path).resolve(match.group(1)).getPath())
            .filter(module -> !paths.contains(module))
            .forEach(paths::add);
      }
    }
    assertThat(paths).contains("/dashboard/uplot/uPlot.esm.js", "/dashboard/js/table.js");
  }

  @Test
  void aPageIsSentEverythingAndThenChangesAndNoMoreThanTheMostAreTaken() throws IOException {
    try (Events first = new Events();
        Events second = new Events()) {
      assertThat(first.next()).isEqualTo("event: state");
      assertThat(first.next()).startsWith("data: {\"number\":");
      assertThat(second.next()).isEqualTo("event: state");
      assertThat(first.next()).isEqualTo("event: change");

      HttpResponse<String> third = lb.get("/dashboard/events");
      assertThat(third.statusCode()).isEqualTo(503);
      assertThat(third.body()).contains("expected: at most 2");
    }
    await()
        .until(() -> {
          try (Events again = new Events()) {
            return "event: state".equals(again.next());
          } catch (UncheckedIOException full) {
            return false;
          }
        });
  }

  /** One open page, by hand. */
  private static final class Events implements AutoCloseable {
    private final BufferedReader lines;

    Events() {
      try {
        var connection = URI.create(url()).toURL().openConnection();
        connection.setReadTimeout(10_000);
        lines =
            new BufferedReader(
                new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static String url() {
      return "http://127.0.0.1:" + lb.httpPort() + "/dashboard/events";
    }

    String next() throws IOException {
      String line = lines.readLine();
      while (line != null && line.isEmpty()) {
        line = lines.readLine();
      }
      return line;
    }

    @Override
    public void close() throws IOException {
      lines.close();
    }
  }
}
