package dev.lookaside.app.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.testing.time.Eventually;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServer;

/** A server of eight connections. */
final class HttpSharesTest {
  private static final int CONNECTIONS = 8;
  private static final int PATIENCE_MILLIS = 10_000;
  private static final Duration SOON = Duration.ofSeconds(10);

  private final List<Socket> open = new ArrayList<>();
  private final List<String> hits = new CopyOnWriteArrayList<>();
  private final WebServer server = server();

  @AfterEach
  void stop() throws IOException {
    for (Socket each : open) {
      each.close();
    }
    server.stop();
  }

  @Test
  void whoHoldsHalfRequestsOnAllTheConnectionsThatHeGetsKeepsNobodyElseOut() throws Exception {
    for (int i = 0; i < 2 * CONNECTIONS; i++) {
      send("127.0.0.2", "GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");
    }
    Eventually.within(SOON, "the rest was refused", () -> hits.size() == 2 * CONNECTIONS - 4);

    Socket other = send("127.0.0.1", "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");

    other.setSoTimeout(PATIENCE_MILLIS);
    assertThat(new String(other.getInputStream().readNBytes(8), StandardCharsets.US_ASCII))
        .isEqualTo("HTTP/1.1");
    assertThat(hits)
        .containsOnly("too many HTTP connections from one address (expected: at most 4)");
  }

  @Test
  void whatAnAddressGivesBackIsThereForIt() throws Exception {
    for (int i = 0; i < 4; i++) {
      Socket socket = send("127.0.0.2", "GET / HTTP/1.1\r\nHost: localhost\r\n");
      socket.close();
    }

    Eventually.within(SOON, "an answer", () -> isAnswered("127.0.0.2"));
  }

  private boolean isAnswered(String from) {
    try {
      Socket socket = send(from, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
      socket.setSoTimeout(PATIENCE_MILLIS);
      return socket.getInputStream().read() == 'H';
    } catch (IOException refused) {
      return false;
    }
  }

  private Socket send(String from, String words) throws IOException {
    Socket socket =
        new Socket(
            InetAddress.getLoopbackAddress(), server.getPort(), InetAddress.getByName(from), 0);
    open.add(socket);
    try {
      socket.getOutputStream().write(words.getBytes(StandardCharsets.US_ASCII));
    } catch (IOException refused) {
      // Who reads from it will notice.
    }
    return socket;
  }

  private WebServer server() {
    TomcatServletWebServerFactory factory = new TomcatServletWebServerFactory(0);
    factory.setAddress(InetAddress.getLoopbackAddress());
    factory.addConnectorCustomizers(
        connector -> connector.setProperty("maxConnections", String.valueOf(CONNECTIONS)));
    new HttpShares((limit, peer, reason) -> hits.add(reason)).customize(factory);
    WebServer made = factory.getWebServer();
    made.start();
    return made;
  }
}
