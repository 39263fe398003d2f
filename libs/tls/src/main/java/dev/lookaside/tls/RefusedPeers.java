package dev.lookaside.tls;

import dev.lookaside.core.time.LineLimit;
import dev.lookaside.core.time.Ticker;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log of peers that were turned away, and of those that turned away from us: one line for each
 * reason and ten seconds.
 */
public final class RefusedPeers {
  private static final Logger LOG = LoggerFactory.getLogger(RefusedPeers.class);

  private final LineLimit lines;
  private final Consumer<String> log;

  public RefusedPeers(Ticker ticker) {
    this(ticker, LOG::warn);
  }

  RefusedPeers(Ticker ticker, Consumer<String> log) {
    this.lines = new LineLimit(ticker);
    this.log = log;
  }

  public void refused(String reason) {
    lines.write(reason, leftOut -> log.accept("refused a peer: " + reason + leftOut));
  }

  /**
   * A handshake came to nothing. Why we ended one is told as it is refused; what is told here is
   * that the peer did, for it may not trust our certificate.
   */
  public void handshakeFailed(String peer, Throwable failure) {
    TlsTrouble.saidByPeer(failure)
        .ifPresent(reason ->
            lines.write(
                reason,
                leftOut -> log.accept("refused by a peer at " + peer + ": " + reason + leftOut)));
  }
}
