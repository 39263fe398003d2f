package dev.lookaside.lb.xds;

import dev.lookaside.core.check.Printable;
import dev.lookaside.core.time.LineLimit;
import dev.lookaside.core.time.Ticker;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells operators which responses clients could not use, once for all who refuse the same. */
final class Nacks {
  private static final Logger log = LoggerFactory.getLogger(Nacks.class);

  private final LineLimit lines;

  Nacks(Ticker ticker) {
    this.lines = new LineLimit(ticker);
  }

  void refused(TypeSubscription type, ClientNode node) {
    lines.write(
        type.type().name() + type.sentVersion(),
        leftOut ->
            log.warn(
                "client '{}' ({}) refused version {} of its {} and keeps what it had: {}{}",
                node.id(),
                node.userAgent(),
                type.sentVersion(),
                type.type().name().toLowerCase(Locale.ROOT),
                type.refusal().orElse("no reason given"),
                leftOut));
  }

  void foreignType(String url, ClientNode node) {
    lines.write(
        "a foreign type",
        leftOut ->
            log.info(
                "client '{}' ({}) asked for resources of type '{}' (expected: those of {}){}",
                node.id(),
                node.userAgent(),
                Printable.of(url),
                "a gRPC client",
                leftOut));
  }
}
