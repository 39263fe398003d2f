package dev.lookaside.client.grpc.subscription;

import dev.lookaside.client.grpc.outcome.Tallies;
import dev.lookaside.core.time.Ticker;
import dev.lookaside.v1.ClientStats;
import dev.lookaside.wire.StatsCodec;
import java.time.Duration;
import java.util.List;

/** Makes the messages that tell what this client has seen. For one thread at a time. */
final class OutcomeReports {
  private final String service;
  private final String clientId;
  private final Tallies tallies;
  private final Ticker ticker;
  private long reportedNanos;

  OutcomeReports(String service, String clientId, Tallies tallies, Ticker ticker) {
    this.service = service;
    this.clientId = clientId;
    this.tallies = tallies;
    this.ticker = ticker;
    this.reportedNanos = ticker.nanos();
  }

  /** What happened since the last report, in as many messages as it takes. */
  List<ClientStats> sinceLast() {
    long now = ticker.nanos();
    Duration since = Duration.ofNanos(now - reportedNanos);
    if (since.isZero()) {
      return List.of();
    }
    reportedNanos = now;
    return StatsCodec.write(service, clientId, since, tallies.sinceLast());
  }
}
