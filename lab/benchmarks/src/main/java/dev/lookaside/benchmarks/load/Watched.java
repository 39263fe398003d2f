package dev.lookaside.benchmarks.load;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A balancer as its operator sees it, over HTTP. */
final class Watched {
  private static final Pattern VALUE = Pattern.compile("\"value\":([0-9.E]+)");

  private final HttpClient http = HttpClient.newHttpClient();
  private final int port;

  Watched(int port) {
    this.port = port;
  }

  boolean isReady() throws InterruptedException {
    return get("/actuator/health/readiness").startsWith("200");
  }

  /** How many endpoints of all services are in this state. */
  int endpoints(String state) throws InterruptedException {
    Matcher value = VALUE.matcher(get("/actuator/metrics/lookaside.endpoints?tag=state:" + state));
    return value.find() ? (int) Double.parseDouble(value.group(1)) : 0;
  }

  private String get(String path) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(10))
            .build();
    try {
      var response = http.send(request, BodyHandlers.ofString());
      return response.statusCode() + " " + response.body();
    } catch (IOException e) {
      return "";
    }
  }
}
