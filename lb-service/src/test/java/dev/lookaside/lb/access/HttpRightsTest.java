package dev.lookaside.lb.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.common.hash.Hashing;
import dev.lookaside.etcd.embedded.EmbeddedEtcd;
import dev.lookaside.lb.testing.RunningLb;
import dev.lookaside.registry.codec.ControlCodec;
import dev.lookaside.registry.control.Origin;
import dev.lookaside.registry.control.ServiceControl;
import dev.lookaside.registry.view.RegistrySource;
import dev.lookaside.tls.LiveTls;
import dev.lookaside.tls.PeerNames;
import dev.lookaside.tls.PemFiles;
import dev.lookaside.tls.development.DevelopmentAuthority;
import dev.lookaside.tls.development.Wanted;
import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.Client;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The operators' port of a balancer with security on: HTTPS, each path by each role. */
final class HttpRightsTest {
  private static final String TOKEN = "a-token-of-prometheus";
  private static final Map<String, HttpClient> CLIENTS = new HashMap<>();
  private static RunningLb lb;

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    DevelopmentAuthority authority = DevelopmentAuthority.in(directory);
    PemFiles own = authority.issue(Wanted.of("lb", "uri:spiffe://x/balancer/lb", "ip:127.0.0.1"));
    Path policy = directory.resolve("policy.yaml");
    Files.writeString(
        policy,
        """
        principals:
          - {principal: "spiffe://x/operator/*", roles: [operator]}
          - {principal: "spiffe://x/guest/*", roles: [operator], services: [billing]}
          - {principal: "spiffe://x/metrics/*", roles: [metrics]}
          - {principal: "spiffe://x/client/*", roles: [client]}
          - {principal: prometheus, roles: [metrics]}
        """);
    Path tokens = directory.resolve("tokens");
    Files.writeString(
        tokens, "prometheus " + Hashing.sha256().hashString(TOKEN, StandardCharsets.UTF_8) + "\n");
    lb =
        RunningLb.start(
            "--lb.registry=embedded",
            "--security.enabled=true",
            "--security.policy-file=" + policy,
            "--security.token-file=" + tokens,
            "--security.tls.bundle=own",
            "--server.ssl.bundle=own",
            "--spring.ssl.bundle.pem.own.keystore.certificate=" + own.certificate().orElseThrow(),
            "--spring.ssl.bundle.pem.own.keystore.private-key=" + own.key().orElseThrow(),
            "--spring.ssl.bundle.pem.own.truststore.certificate=" + authority.ca());
    for (String role : new String[] {"operator", "guest", "metrics", "client", "stranger"}) {
      CLIENTS.put(
          role, client(authority.issue(Wanted.of(role, "uri:spiffe://x/" + role + "/one"))));
    }
    CLIENTS.put("nobody", client(PemFiles.trusting(authority.ca())));
    await().until(() -> send("operator", request("GET", "/actuator/health")).statusCode() == 200);
  }

  @AfterAll
  static void stop() {
    lb.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GET  | /actuator/health/liveness  | 200 200 200 200 200
          GET  | /actuator/health           | 200 200 200 403 401
          GET  | /actuator/prometheus       | 200 200 403 403 401
          GET  | /actuator/metrics          | 200 200 403 403 401
          GET  | /prometheus/targets        | 200 200 403 403 401
          GET  | /actuator/lookaside        | 200 403 403 403 401
          GET  | /nothing/here              | 404 403 403 403 401
          POST | /prometheus/targets        | 405 403 403 403 401
          GET  | /dashboard/api/offer       | 200 403 403 403 401
          GET  | /dashboard/api/explain     | 404 403 403 403 401
          GET  | /dashboard/api/decisions   | 200 403 403 403 401
          POST | /dashboard/api/drain       | 415 403 403 403 401
          POST | /dashboard/api/policy      | 415 403 403 403 401
          """)
  void eachPathAnswersTheRolesThatItIsFor(String method, String path, String statuses)
      throws Exception {
    String[] expected = statuses.split(" ", -1);
    String[] who = {"operator", "metrics", "client", "stranger", "nobody"};
    for (int i = 0; i < who.length; i++) {
      assertThat(send(who[i], request(method, path)).statusCode())
          .as("%s %s of %s", method, path, who[i])
          .isEqualTo(Integer.parseInt(expected[i]));
    }
  }

  @Test
  void aTokenStandsInForACertificate() throws Exception {
    assertThat(
            send(
                    "nobody",
                    request("GET", "/actuator/prometheus")
                        .header("Authorization", "Bearer " + TOKEN))
                .statusCode())
        .isEqualTo(200);
    HttpResponse<String> wrong =
        send(
            "nobody",
            request("GET", "/actuator/prometheus").header("Authorization", "Bearer guess"));
    assertThat(wrong.statusCode()).isEqualTo(401);
    assertThat(wrong.body()).doesNotContain("guess");
  }

  @Test
  void anotherSiteDoesNotUseTheCertificateOfAnOperator() throws Exception {
    HttpResponse<String> answer =
        send(
            "operator",
            request("POST", "/prometheus/targets").header("Origin", "https://evil.example"));
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).startsWith("Origin is 'https://evil.example'");
  }

  /** Nobody has registered here, so that even who has the right is refused, by another's words. */
  @Test
  void anOperatorOfOtherServicesChangesAndExplainsNothingHere() throws Exception {
    String change = "{\"service\":\"worker\",\"ids\":[\"w1\"],\"why\":\"\",\"expectedRevision\":0}";
    HttpResponse<String> answer = send("guest", post("/dashboard/api/drain", change));
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body())
        .contains("'spiffe://x/guest/one' has no right to service 'worker' (expected: one of")
        .contains("billing");
    assertThat(send("guest", request("GET", "/dashboard/api/explain?service=worker")).statusCode())
        .isEqualTo(403);

    assertThat(send("operator", post("/dashboard/api/drain", change)).statusCode()).isEqualTo(404);
  }

  @Test
  void whoDecidesByThePageIsWhomTheCertificateIsFor() throws Exception {
    Origin before = new Origin("before", "none", Instant.EPOCH, "");
    try (Client etcd =
        Client.builder()
            .endpoints(lb.context().getBean(EmbeddedEtcd.class).clientUri().toString())
            .build()) {
      etcd.getKVClient()
          .put(
              ByteSequence.from("lookaside/control/known/operator", StandardCharsets.UTF_8),
              ControlCodec.encode(
                  ServiceControl.NONE.withLift(new ServiceControl.Lift("w1", before))))
          .get();
      RegistrySource watch = lb.context().getBean(RegistrySource.class);
      await().until(() -> watch.view().controlOf("known").revision() > 0);

      HttpResponse<String> answer =
          send(
              "operator",
              post(
                  "/dashboard/api/policy",
                  "{\"service\":\"known\",\"policy\":\"ll\",\"why\":\"a try\",\"expectedRevision\":"
                      + watch.view().controlOf("known").revision()
                      + "}"));

      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      await().until(() -> watch.view().controlOf("known").control().policy().isPresent());
      Origin origin = watch.view().controlOf("known").control().policy().orElseThrow().origin();
      assertThat(origin.by()).isEqualTo("spiffe://x/operator/one");
      assertThat(origin.proof()).isEqualTo("certificate");
      assertThat(origin.why()).isEqualTo("a try");
    }
  }

  private static HttpRequest.Builder post(String path, String body) {
    return HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + lb.httpPort() + path))
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body));
  }

  private static HttpRequest.Builder request(String method, String path) {
    return HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + lb.httpPort() + path))
        .method(method, HttpRequest.BodyPublishers.noBody());
  }

  private static HttpResponse<String> send(String who, HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return Objects.requireNonNull(CLIENTS.get(who))
        .send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static HttpClient client(PemFiles files) throws GeneralSecurityException {
    LiveTls tls = new LiveTls(files.load());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(
        tls.now().identity().isPresent() ? new KeyManager[] {tls.keys()} : null,
        new TrustManager[] {tls.servers(PeerNames.theHost())},
        null);
    return HttpClient.newBuilder().sslContext(context).build();
  }
}
