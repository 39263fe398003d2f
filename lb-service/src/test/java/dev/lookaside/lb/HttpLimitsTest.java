package dev.lookaside.lb;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lookaside.lb.testing.RunningLb;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the operators' port takes from whom. */
class HttpLimitsTest {
  private static final int MANY = 400;
  private static final int CONNECT_MILLIS = 50;

  private final List<Socket> sockets = new ArrayList<>();

  @AfterEach
  void close() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  /** 4,351 of them ended the process, each kept for a minute. */
  @Test
  void halfRequestsAreFewAndGoneAfterSeconds() {
    try (RunningLb lb = RunningLb.start("--lb.registry=embedded")) {
      await().until(() -> lb.get("/actuator/health/readiness").statusCode() == 200);
      for (int i = 0; i < MANY; i++) {
        half(lb.httpPort());
      }

      assertThat(lb.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> sockets.stream().allMatch(HttpLimitsTest::isEnded));
    }
  }

  @Test
  void onlyThisMachineReachesItUnlessSomebodySaysSo() throws IOException {
    Properties defaults = new Properties();
    try (InputStream file = LbApplication.class.getResourceAsStream("/application.properties")) {
      defaults.load(file);
    }

    assertThat(defaults.getProperty("server.address")).isEqualTo("127.0.0.1");
  }

  private void half(int port) {
    try {
      Socket socket = new Socket();
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
      socket.setSoTimeout(1);
      socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: x\r\nX-Half: ".getBytes(US_ASCII));
      sockets.add(socket);
    } catch (SocketTimeoutException full) {
      // More are not taken.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isEnded(Socket socket) {
    try {
      int read;
      do {
        read = socket.getInputStream().read(new byte[512]);
      } while (read > 0);
      return true;
    } catch (SocketTimeoutException open) {
      return false;
    } catch (IOException reset) {
      return true;
    }
  }
}
