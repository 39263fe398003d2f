package dev.lookaside.lb.lrs;

import com.google.protobuf.Duration;
import dev.lookaside.core.balancer.Balancer;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointTable;
import dev.lookaside.core.endpoint.Incarnation;
import dev.lookaside.core.load.Completion.Ending;
import dev.lookaside.core.load.LiveLoad;
import dev.lookaside.core.load.LoadTracker;
import dev.lookaside.core.time.Ticker;
import dev.lookaside.lb.config.LrsSettings;
import dev.lookaside.lb.proof.Ignored;
import dev.lookaside.lb.report.CallMeters;
import dev.lookaside.lb.report.Claims;
import dev.lookaside.lb.report.Takings;
import dev.lookaside.lb.rpc.Peer;
import dev.lookaside.lb.rpc.Peers;
import dev.lookaside.lb.rpc.Refusals;
import dev.lookaside.limits.Described;
import dev.lookaside.limits.ReadableMessages;
import dev.lookaside.xds.v3.ClusterStats;
import dev.lookaside.xds.v3.LoadReportingServiceGrpc;
import dev.lookaside.xds.v3.LoadStatsRequest;
import dev.lookaside.xds.v3.LoadStatsResponse;
import dev.lookaside.xds.v3.UpstreamLocalityStats;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.StreamObserver;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The load reporting service of xDS: tells the balancer how the calls of clients end that know no
 * other protocol, and how many are going on.
 *
 * <p>As with every other report, a client is one voice, is believed of what it subscribes to on the
 * same connection, and makes no more calls than one process can (see docs/adr/0021 and 0029).
 * Clusters are named as services, and the sub-zone of a locality as its endpoint.
 */
public final class LoadStats extends LoadReportingServiceGrpc.LoadReportingServiceImplBase {
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private final Balancer balancer;
  private final LoadTracker loads;
  private final CallMeters calls;
  private final MetricMeters metrics;
  private final Takings takings;
  private final Ticker ticker;
  private final LoadStatsResponse wanted;

  public LoadStats(
      LrsSettings settings,
      Balancer balancer,
      LoadTracker loads,
      CallMeters calls,
      Ticker ticker,
      MeterRegistry meters) {
    this.balancer = balancer;
    this.loads = loads;
    this.calls = calls;
    this.ticker = ticker;
    this.metrics = new MetricMeters(Set.copyOf(settings.metrics()), meters);
    this.takings =
        new Takings(meters, "lookaside.lrs", "Reports of endpoints that xDS clients sent");
    this.wanted = wanted(settings);
  }

  private static LoadStatsResponse wanted(LrsSettings settings) {
    long nanos = settings.interval().toNanos();
    return LoadStatsResponse.newBuilder()
        .setSendAllClusters(true)
        .setLoadReportingInterval(
            Duration.newBuilder()
                .setSeconds(nanos / NANOS_PER_SECOND)
                .setNanos((int) (nanos % NANOS_PER_SECOND)))
        .build();
  }

  /** The service as it is served: who speaks is asked first. */
  public ServerServiceDefinition definition() {
    List<ServerMethodDefinition<?, ?>> methods =
        bindService().getMethods().stream()
            .<ServerMethodDefinition<?, ?>>map(Peers::knownTo)
            .toList();
    return ReadableMessages.of(
        Described.service(LoadReportingServiceGrpc.getServiceDescriptor(), methods));
  }

  @Override
  public StreamObserver<LoadStatsRequest> streamLoadStats(
      StreamObserver<LoadStatsResponse> client) {
    return new Stream(Peers.current(), client);
  }

  /** Called by one thread at a time, as gRPC does. */
  private final class Stream implements StreamObserver<LoadStatsRequest> {
    private final Peer by;
    private final StreamObserver<LoadStatsResponse> client;
    private final Claims claims = new Claims(loads);
    // As they were at the last report: of no more services than it subscribes to.
    private final Map<String, EndpointTable> tables = new HashMap<>();
    private boolean greeted;
    private boolean over;

    Stream(Peer by, StreamObserver<LoadStatsResponse> client) {
      this.by = by;
      this.client = client;
    }

    @Override
    public void onNext(LoadStatsRequest request) {
      if (over) {
        return;
      }
      try {
        if (!greeted) {
          greeted = true;
          client.onNext(wanted);
        }
        request.getClusterStatsList().forEach(this::take);
        tables.keySet().removeIf(service -> !by.isSubscribedTo(service));
      } catch (RuntimeException e) {
        // gRPC would end the call, and not say so here: what is claimed would be so for ever.
        leave();
        client.onError(Refusals.internal(e));
      }
    }

    private void take(ClusterStats cluster) {
      String service = cluster.getClusterName();
      if (!by.isSubscribedTo(service)) {
        takings.count(Optional.of(Ignored.UNSUBSCRIBED));
        return;
      }
      EndpointTable now =
          balancer
              .find(service)
              .map(known -> known.snapshot().registered())
              .orElseGet(() -> EndpointTable.empty(service));
      Optional<EndpointTable> before = Optional.ofNullable(tables.put(service, now));
      List<UpstreamLocalityStats> told = cluster.getUpstreamLocalityStatsList();
      List<Optional<LocalityCounts>> read = LocalityCounts.of(cluster);
      for (int i = 0; i < told.size(); i++) {
        Optional<LocalityCounts> counts = read.get(i);
        Optional<Ignored> reason =
            counts.isEmpty()
                ? Optional.of(Ignored.MALFORMED)
                : take(service, counts.get(), endpoint(counts.get(), before, now));
        if (takings.count(reason)) {
          metrics.took(service, told.get(i));
        }
      }
    }

    /**
     * Which it was. A report does not name incarnations: one that has come since the last report is
     * not blamed for what another has left behind.
     */
    private Optional<Endpoint> endpoint(
        LocalityCounts counts, Optional<EndpointTable> before, EndpointTable now) {
      return now.find(counts.endpointId())
          .filter(endpoint ->
              before
                  .map(table -> table.find(endpoint.id()).filter(old -> isSame(old, endpoint)))
                  .map(Optional::isPresent)
                  .orElse(true));
    }

    private boolean isSame(Endpoint one, Endpoint other) {
      return one.incarnation().equals(other.incarnation());
    }

    private Optional<Ignored> take(
        String service, LocalityCounts counts, Optional<Endpoint> endpoint) {
      Optional<LiveLoad> load =
          endpoint.flatMap(known -> loads.find(service, known.id(), known.incarnation()));
      if (endpoint.isEmpty() || load.isEmpty()) {
        return Optional.of(Ignored.UNKNOWN);
      }
      if (!by.canHaveMade(counts.calls(), ticker.nanos())) {
        return Optional.of(Ignored.IMPLAUSIBLE);
      }
      Incarnation of = Incarnation.of(endpoint.get());
      claims.set(load.get(), service, of, counts.inProgressNow());
      if (!balancer.counted(by.reporter(), service, of.id(), of.incarnation(), counts.tally())) {
        return Optional.of(Ignored.UNKNOWN);
      }
      calls.ended(service, Ending.SUCCEEDED, counts.succeeded());
      calls.ended(service, Ending.FAILED, counts.errors());
      return Optional.empty();
    }

    private void leave() {
      over = true;
      claims.giveBack();
      tables.clear();
    }

    @Override
    public void onError(Throwable cancelled) {
      leave();
    }

    @Override
    public void onCompleted() {
      if (!over) {
        leave();
        client.onCompleted();
      }
    }
  }
}
