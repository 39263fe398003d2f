package dev.lookaside.client.grpc.outcome;

import dev.lookaside.wire.EndpointCounts;

/**
 * What one tally has counted since its last commit. What is not committed is part of the next
 * reading, so nothing is lost with a report that could not be sent.
 */
public final class TallyReading {
  private final EndpointTally tally;
  private final EndpointCounts counts;
  private boolean committed;

  TallyReading(EndpointTally tally, EndpointCounts counts) {
    this.tally = tally;
    this.counts = counts;
  }

  public EndpointCounts counts() {
    return counts;
  }

  /** Notes that it was sent; a second time has no effect. On the thread that reads. */
  public void commit() {
    if (!committed) {
      committed = true;
      tally.commit(counts);
    }
  }
}
