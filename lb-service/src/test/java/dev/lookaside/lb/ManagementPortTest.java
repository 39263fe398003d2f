package dev.lookaside.lb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.lb.testing.RunningLb;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** The actuator on a port of its own. */
final class ManagementPortTest {

  @Test
  void theActuatorHasAPortOfItsOwnWithTheSameGuard() throws Exception {
    try (RunningLb lb = RunningLb.start("--lb.registry=embedded", "--management.server.port=0")) {
      assertThat(lb.get("/actuator/health/liveness").statusCode()).isEqualTo(404);
      String base =
          "http://127.0.0.1:"
              + lb.context().getEnvironment().getRequiredProperty("local.management.port");
      HttpClient http = HttpClient.newHttpClient();
      HttpResponse<String> read =
          http.send(
              HttpRequest.newBuilder(URI.create(base + "/actuator/health/liveness")).build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(read.statusCode()).isEqualTo(200);
      HttpResponse<String> foreign =
          http.send(
              HttpRequest.newBuilder(URI.create(base + "/actuator/health"))
                  .header("Origin", "https://evil.example")
                  .POST(HttpRequest.BodyPublishers.noBody())
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(foreign.statusCode()).isEqualTo(403);
    }
  }
}
