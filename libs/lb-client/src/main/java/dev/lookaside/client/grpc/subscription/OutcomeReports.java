package dev.lookaside.client.grpc.subscription;

import dev.lookaside.client.grpc.outcome.Tallies;
import dev.lookaside.client.grpc.outcome.TallyReading;
import dev.lookaside.core.time.Ticker;
import dev.lookaside.v1.ClientStats;
import dev.lookaside.wire.EndpointCounts;
import dev.lookaside.wire.StatsCodec;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

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

  /**
   * Tells what happened since the last time, in as many messages as it takes. What could not be
   * sent is told the next time.
   *
   * @param send throws if a message was not taken
   */
  void tell(Consumer<ClientStats> send) {
    long now = ticker.nanos();
    Duration since = Duration.ofNanos(now - reportedNanos);
    if (since.isZero()) {
      return;
    }
    List<TallyReading> readings = tallies.read();
    List<EndpointCounts> counts = readings.stream().map(TallyReading::counts).toList();
    StatsCodec.write(service, clientId, since, counts).forEach(send);
    readings.forEach(TallyReading::commit);
    reportedNanos = now;
  }
}
