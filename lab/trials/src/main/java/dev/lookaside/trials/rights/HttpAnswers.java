package dev.lookaside.trials.rights;

import dev.lookaside.tls.LiveTls;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.time.Duration;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** What one caller is told by one HTTP server. */
final class HttpAnswers {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final HttpClient client;
  private final int port;

  HttpAnswers(Caller caller, int port) {
    this.port = port;
    LiveTls tls = caller.tls();
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          new KeyManager[] {tls.keys()}, new TrustManager[] {tls.servers(Caller.servers())}, null);
      client = HttpClient.newBuilder().sslContext(context).build();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The status of a page. */
  String to(String path) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + path))
            .timeout(PATIENCE)
            .build();
    try {
      int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      return status == 200 ? "yes" : String.valueOf(status);
    } catch (IOException e) {
      return "refused by TLS";
    }
  }
}
