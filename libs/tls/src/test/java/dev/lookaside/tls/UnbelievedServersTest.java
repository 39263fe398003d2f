package dev.lookaside.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.core.time.ManualTicker;
import io.grpc.Status;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

final class UnbelievedServersTest {
  private static final Status REFUSED =
      Status.UNAVAILABLE.withCause(
          new IOException(new SSLHandshakeException("Received fatal alert: bad_certificate")));

  private final ManualTicker ticker = new ManualTicker();
  private final List<String> log = new ArrayList<>();
  private final UnbelievedServers servers = new UnbelievedServers(ticker, log::add);

  @Test
  void thousandsThatFailHaveOneLineInTenSeconds() {
    for (int i = 0; i < 1_000; i++) {
      servers.failed("endpoint w" + i + " is not called", REFUSED);
    }
    ticker.advance(Duration.ofSeconds(10));
    servers.failed("endpoint w7 is not called", REFUSED);

    assertThat(log)
        .containsExactly(
            "endpoint w0 is not called: TLS: the peer does not accept our certificate"
                + " (bad_certificate); its log says why",
            "endpoint w7 is not called: TLS: the peer does not accept our certificate"
                + " (bad_certificate); its log says why (and 999 more since the last such line)");
  }

  @Test
  void whatIsNoMatterOfTlsIsNotWritten() {
    servers.failed("endpoint w1 is not called", Status.UNAVAILABLE);
    servers.failed("endpoint w1 is not called", Status.UNAVAILABLE.withCause(new IOException()));

    assertThat(log).isEmpty();
  }
}
