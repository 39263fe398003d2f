package dev.lookaside.lb.report;

import dev.lookaside.core.balancer.Balancer;
import dev.lookaside.core.endpoint.Incarnation;
import dev.lookaside.core.load.LiveLoad;
import dev.lookaside.core.load.LoadTracker;
import dev.lookaside.core.witness.Reporter;
import dev.lookaside.lb.rpc.Peers;
import dev.lookaside.lb.rpc.Refusals;
import dev.lookaside.v1.ClientStats;
import dev.lookaside.v1.EndpointStats;
import dev.lookaside.v1.StatsSummary;
import dev.lookaside.wire.EndpointCounts;
import dev.lookaside.wire.StatsCodec;
import io.grpc.stub.StreamObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;

/**
 * Tells the balancer what clients that pick by themselves have seen: how calls ended, for ejection
 * and for what it knows of speed, and how many are going on, for endpoints that report no load.
 */
public final class StatsReports {
  private final Balancer balancer;
  private final LoadTracker loads;
  private final CallMeters calls;
  private final Counter accepted;
  private final Counter ignored;

  public StatsReports(
      Balancer balancer, LoadTracker loads, CallMeters calls, MeterRegistry meters) {
    this.balancer = balancer;
    this.loads = loads;
    this.calls = calls;
    this.accepted = stats(meters, "accepted");
    this.ignored = stats(meters, "ignored");
  }

  /** Takes one client's stream of statistics. */
  public StreamObserver<ClientStats> open(StreamObserver<StatsSummary> client) {
    return new Stream(Peers.current().reporter(), client);
  }

  private static Counter stats(MeterRegistry meters, String result) {
    return Counter.builder("lookaside.stats")
        .description("Statistics of endpoints that clients reported")
        .tag("result", result)
        .register(meters);
  }

  /** Called by one thread at a time, as gRPC does. */
  private final class Stream implements StreamObserver<ClientStats> {
    private final Reporter by;
    private final StreamObserver<StatsSummary> client;
    private final Claims claims = new Claims(loads);
    private long acceptedHere;
    private long ignoredHere;
    private boolean over;

    Stream(Reporter by, StreamObserver<StatsSummary> client) {
      this.by = by;
      this.client = client;
    }

    @Override
    public void onNext(ClientStats stats) {
      if (over) {
        return;
      }
      try {
        take(stats);
      } catch (RuntimeException e) {
        // gRPC would end the call, and not say so here: what is claimed would be so for ever.
        leave();
        client.onError(Refusals.internal(e));
      }
    }

    private void take(ClientStats stats) {
      boolean makesSense = StatsCodec.interval(stats).isPresent();
      for (EndpointStats each : stats.getEndpointsList()) {
        boolean taken = makesSense && take(stats.getService(), each);
        (taken ? accepted : ignored).increment();
        acceptedHere += taken ? 1 : 0;
        ignoredHere += taken ? 0 : 1;
      }
    }

    private boolean take(String service, EndpointStats stats) {
      Optional<LiveLoad> load = loads.find(service, stats.getEndpointId(), stats.getIncarnation());
      Optional<EndpointCounts> counts = StatsCodec.read(stats);
      if (load.isEmpty() || counts.isEmpty()) {
        return false;
      }
      StatsReading reading = StatsReading.of(counts.get());
      reading.ended().forEach((ending, count) -> calls.ended(service, ending, count));
      calls.took(service, counts.get().latencySum());
      Incarnation of = new Incarnation(stats.getEndpointId(), stats.getIncarnation());
      claims.set(load.get(), service, of, counts.get().inProgress());
      return balancer.counted(by, service, of.id(), of.incarnation(), reading.tally());
    }

    private void leave() {
      over = true;
      claims.giveBack();
    }

    @Override
    public void onError(Throwable cancelled) {
      leave();
    }

    @Override
    public void onCompleted() {
      if (over) {
        return;
      }
      leave();
      client.onNext(
          StatsSummary.newBuilder().setAccepted(acceptedHere).setIgnored(ignoredHere).build());
      client.onCompleted();
    }
  }
}
