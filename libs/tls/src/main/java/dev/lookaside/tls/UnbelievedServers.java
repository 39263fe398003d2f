package dev.lookaside.tls;

import dev.lookaside.core.time.LineLimit;
import dev.lookaside.core.time.Ticker;
import io.grpc.Status;
import java.util.function.Consumer;

/**
 * The log of servers with which no TLS came about: one line in ten seconds, whichever they are.
 * What TLS has against a server does not pass by itself, so that somebody has to hear of it, even
 * where all calls find another server.
 */
public final class UnbelievedServers {
  private final LineLimit lines;
  private final Consumer<String> log;

  /**
   * @param log takes one line
   */
  public UnbelievedServers(Ticker ticker, Consumer<String> log) {
    this.lines = new LineLimit(ticker);
    this.log = log;
  }

  /**
   * A connection failed, for whatever reason.
   *
   * @param consequence what it means for the server, such as "balancer a:1 is not followed"
   */
  public void failed(String consequence, Status failure) {
    TlsTrouble.of(failure.getCause())
        .ifPresent(reason ->
            lines.write("TLS", leftOut -> log.accept(consequence + ": " + reason + leftOut)));
  }
}
