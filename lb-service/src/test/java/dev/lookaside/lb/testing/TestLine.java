package dev.lookaside.lb.testing;

import dev.lookaside.core.balancer.Balancer;
import dev.lookaside.core.balancer.OutlierSettings;
import dev.lookaside.core.balancer.SlowStart;
import dev.lookaside.core.balancer.TrafficSettings;
import dev.lookaside.core.balancer.ZonePreference;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointTable;
import dev.lookaside.core.load.LoadTracker;
import dev.lookaside.core.policy.Policies;
import dev.lookaside.core.time.Ticker;
import dev.lookaside.lb.LoadBalancerService;
import dev.lookaside.lb.config.LrsSettings;
import dev.lookaside.lb.config.XdsMode;
import dev.lookaside.lb.explain.Explainer;
import dev.lookaside.lb.explain.Explanations;
import dev.lookaside.lb.explain.Recent;
import dev.lookaside.lb.explain.Sampling;
import dev.lookaside.lb.labels.EndpointLabels;
import dev.lookaside.lb.load.EndpointChannels;
import dev.lookaside.lb.load.LoadFeed;
import dev.lookaside.lb.load.LoadStreams;
import dev.lookaside.lb.lrs.LoadStats;
import dev.lookaside.lb.names.HostLimits;
import dev.lookaside.lb.names.HostTable;
import dev.lookaside.lb.ops.EndpointMeters;
import dev.lookaside.lb.pick.Answers;
import dev.lookaside.lb.pick.Decisions;
import dev.lookaside.lb.pick.PickCalls;
import dev.lookaside.lb.pick.PickHandler;
import dev.lookaside.lb.pick.PickMeters;
import dev.lookaside.lb.proof.PickTokens;
import dev.lookaside.lb.push.Unsent;
import dev.lookaside.lb.record.Recorder;
import dev.lookaside.lb.registry.RegistryFeed;
import dev.lookaside.lb.registry.RegistryStates;
import dev.lookaside.lb.registry.TableReader;
import dev.lookaside.lb.report.Branches;
import dev.lookaside.lb.report.CallMeters;
import dev.lookaside.lb.report.OutcomeReports;
import dev.lookaside.lb.report.StatsReports;
import dev.lookaside.lb.rpc.RpcLoops;
import dev.lookaside.lb.rpc.RpcServer;
import dev.lookaside.lb.shadow.Shadows;
import dev.lookaside.lb.subscribe.Announcement;
import dev.lookaside.lb.subscribe.SubscribeHandler;
import dev.lookaside.lb.subscribe.SubscriptionLimits;
import dev.lookaside.lb.subscribe.Subscriptions;
import dev.lookaside.lb.traffic.Ejections;
import dev.lookaside.lb.xds.AdsHandler;
import dev.lookaside.lb.xds.AdsLimits;
import dev.lookaside.lb.xds.Discovery;
import dev.lookaside.lb.xds.MeasuredWeights;
import dev.lookaside.lb.xds.ServiceTerms;
import dev.lookaside.limits.PeerGuard;
import dev.lookaside.limits.PeerLimits;
import dev.lookaside.registry.view.RegistrySync;
import dev.lookaside.registry.view.RegistryView;
import dev.lookaside.v1.LoadBalancerGrpc;
import dev.lookaside.wire.dial.AddressCheck;
import dev.lookaside.wire.dial.HostLookup;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** The whole line from the registry's tables to the RPCs, on a real port, with tables by hand. */
public final class TestLine implements AutoCloseable {
  private static final SubscriptionLimits LIMITS =
      new SubscriptionLimits(1_000, 100, Duration.ofMillis(100), Duration.ofMillis(300));
  private static final LrsSettings LRS =
      new LrsSettings(
          true, Duration.ofSeconds(2), List.of("cpu_utilization", "named_metrics.queue"));
  private static final OutlierSettings OUTLIERS =
      new OutlierSettings(
          Duration.ofSeconds(10),
          Duration.ofMillis(200),
          Duration.ofMillis(200),
          10,
          5,
          3,
          OutlierSettings.defaults().successRate(),
          OutlierSettings.defaults().failurePercentage());
  private static final TrafficSettings TRAFFIC =
      new TrafficSettings(SlowStart.off(), Optional.of(OUTLIERS), Optional.empty(), 0.5);
  private static final ServiceTerms TERMS =
      new ServiceTerms(
          XdsMode.LB_WEIGHTED,
          Optional.empty(),
          List.of(),
          1,
          "lookaside-key",
          Integer.MAX_VALUE,
          Optional.empty());

  /** What differs from line to line. */
  public record Settings(
      UnaryOperator<String> policyOf,
      SubscriptionLimits subscriptions,
      AdsLimits ads,
      ServiceTerms terms,
      TrafficSettings traffic,
      HostLookup.Names names,
      int port) {

    public static Settings of(String policy) {
      return new Settings(
          service -> policy,
          LIMITS,
          new AdsLimits(1_000, 100, 100, Duration.ofMillis(100), 0.05),
          TERMS,
          TRAFFIC,
          InetAddress::getAllByName,
          0);
    }

    public Settings with(AdsLimits limits) {
      return new Settings(policyOf, subscriptions, limits, terms, traffic, names, port);
    }

    public Settings with(ServiceTerms newTerms) {
      return new Settings(policyOf, subscriptions, ads, newTerms, traffic, names, port);
    }

    /** Clients make a call that ends as UNAVAILABLE so often. */
    public Settings attempts(int attempts) {
      return with(
          new ServiceTerms(
              terms.mode(),
              terms.childPolicy(),
              terms.utilizationMetrics(),
              attempts,
              terms.hashHeader(),
              terms.maxRequests(),
              terms.loadReports()));
    }

    /** Clients report how their calls end; grpc-java counts those that are open only then. */
    public Settings reported() {
      return with(
          new ServiceTerms(
              terms.mode(),
              terms.childPolicy(),
              terms.utilizationMetrics(),
              terms.attempts(),
              terms.hashHeader(),
              terms.maxRequests(),
              Optional.of(new ServiceTerms.LoadReports(List.of()))));
    }

    /** A client may have so many calls open at a time. */
    public Settings maxRequests(int most) {
      return with(
          new ServiceTerms(
              terms.mode(),
              terms.childPolicy(),
              terms.utilizationMetrics(),
              terms.attempts(),
              terms.hashHeader(),
              most,
              terms.loadReports()));
    }

    /** Names of hosts lead there. */
    public Settings with(HostLookup.Names newNames) {
      return new Settings(policyOf, subscriptions, ads, terms, traffic, newNames, port);
    }

    /** Clients are in this zone. */
    public Settings near(ZonePreference zone) {
      return new Settings(
          policyOf,
          subscriptions,
          ads,
          terms,
          new TrafficSettings(SlowStart.off(), Optional.of(OUTLIERS), Optional.of(zone), 0.5),
          names,
          port);
    }

    public Settings at(int newPort) {
      return new Settings(policyOf, subscriptions, ads, terms, traffic, names, newPort);
    }

    private Settings with(UnaryOperator<String> newPolicyOf, SubscriptionLimits newLimits) {
      return new Settings(newPolicyOf, newLimits, ads, terms, traffic, names, port);
    }
  }

  public final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  public final LoadTracker loads;
  public final Balancer balancer;
  public final RegistryFeed feed;
  public final Subscriptions subscriptions;
  public final Discovery discovery;
  public final Shadows shadows;
  public final Recorder recorder;
  public final Branches branches = new Branches(meters);
  public final Decisions decisions = new Decisions(100);

  private final RpcLoops loops = new RpcLoops();
  private final EndpointChannels channels = EndpointChannels.plaintext();
  private final Map<String, EndpointTable> tables = new HashMap<>();
  private long revision;
  private final LoadFeed loadFeed;
  private final LoadStreams streams;
  private final Server server;
  private final ManagedChannel channel;

  private TestLine(Settings settings) {
    UnaryOperator<String> policyOf = settings.policyOf();
    SubscriptionLimits limits = settings.subscriptions();
    Ticker ticker = Ticker.system();
    Random random = new Random(1);
    Policies policies = new Policies(ticker, random);
    loads = new LoadTracker(Duration.ofMinutes(1));
    Ejections ejections = new Ejections(loads, meters);
    subscriptions =
        new Subscriptions(
            limits,
            new Announcement(policyOf, service -> settings.traffic()),
            loads,
            new Unsent(32 << 20, Duration.ofSeconds(20)),
            ticker,
            meters);
    subscriptions.start();
    discovery =
        Discovery.of(
            settings.ads(),
            new MeasuredWeights(loads, ticker),
            service -> settings.traffic().zone(),
            service -> settings.terms(),
            loads,
            HostTable.of(
                new HostLookup(settings.names(), AddressCheck.standard()),
                HostLimits.of(Duration.ofSeconds(1), Duration.ofSeconds(1)),
                ticker,
                meters),
            new Unsent(4 << 20, Duration.ofSeconds(2)),
            UUID.randomUUID().toString(),
            ticker,
            meters);
    balancer =
        new Balancer(
            service -> policies.create(policyOf.apply(service)),
            service -> settings.traffic(),
            loads,
            ticker,
            (before, now) -> {
              ejections.changed(before, now);
              subscriptions.changed(before, now);
              discovery.changed(before, now);
            },
            Runnable::run);
    loadFeed = new LoadFeed(loads, balancer, ticker, meters);
    streams =
        new LoadStreams(
            channels,
            new LoadStreams.Timing(limits.loadInterval(), Duration.ofMinutes(1)),
            ticker,
            random,
            loadFeed);
    PickTokens tokens = new PickTokens(random, ticker);
    EndpointLabels labels = new EndpointLabels(200);
    Answers answers = new Answers(tokens, meters, labels);
    recorder = new Recorder(ticker);
    CallMeters calls = new CallMeters(meters);
    shadows = new Shadows(List.of("first", "ll"), balancer, policies, ticker, meters);
    shadows.start();
    EndpointMeters endpointMeters = new EndpointMeters(balancer, loads, ticker, meters, labels);
    feed =
        new RegistryFeed(
            view -> {},
            List.of(
                TableReader.of(loads::update, gone -> {}),
                TableReader.of(balancer::update, gone -> {}),
                TableReader.of(shadows::update, shadows::forget),
                TableReader.of(streams::update, gone -> {}),
                TableReader.of(answers::retain, answers::forget),
                TableReader.of(endpointMeters::update, endpointMeters::forget),
                TableReader.of(table -> {}, calls::forget)),
            table -> {},
            discovery::synced,
            ticker,
            meters);
    discovery.start(feed::everSynced, Optional::empty);
    PickHandler picks =
        new PickHandler(
            balancer,
            feed::everSynced,
            answers,
            decisions,
            new Explanations(
                new Explainer(loads, ticker, InstantSource.system()),
                new Sampling(0, random, ticker),
                new Recent(100)),
            shadows,
            new PickMeters(meters),
            ticker,
            InstantSource.system());
    server =
        serve(
            new LoadBalancerService(
                new PickCalls(picks),
                new OutcomeReports(balancer, tokens, branches, calls, recorder, ticker, meters),
                new StatsReports(balancer, loads, calls, recorder, ticker, meters),
                new SubscribeHandler(subscriptions, feed::everSynced, Optional::empty)),
            new LoadStats(LRS, balancer, loads, calls, ticker, meters),
            settings.port());
    channel = NettyChannelBuilder.forAddress("127.0.0.1", server.getPort()).usePlaintext().build();
  }

  /** A line that picks by this policy, or by what it says for a service. */
  public static TestLine with(UnaryOperator<String> policyOf) {
    return with(Settings.of("rr").with(policyOf, LIMITS));
  }

  public static TestLine with(SubscriptionLimits limits) {
    return with(Settings.of("rr").with(service -> "rr", limits));
  }

  public static TestLine with(Settings settings) {
    return new TestLine(settings);
  }

  public static TestLine with(String policy) {
    return with(service -> policy);
  }

  /** What the registry would say: all endpoints of one service, and that it is in sync. */
  public void registered(String service, Endpoint... endpoints) {
    revision++;
    tables.put(service, EndpointTable.of(service, revision, List.of(endpoints)));
    synced();
  }

  public void synced() {
    RegistryView view =
        new RegistryView(tables, Math.max(1, revision), new RegistrySync.InSync(0, 0));
    feed.updated(view);
    subscriptions.follow(new RegistryStates("test", () -> view));
  }

  /** How many endpoints can be picked. */
  public int ready(String service) {
    return balancer.find(service).map(found -> found.snapshot().eligible().size()).orElse(0);
  }

  public double picks(String outcome) {
    return meters.get("lookaside.picks").tag("outcome", outcome).meters().stream()
        .mapToDouble(meter -> meter.measure().iterator().next().getValue())
        .sum();
  }

  public LoadBalancerGrpc.LoadBalancerBlockingStub client() {
    return LoadBalancerGrpc.newBlockingStub(channel);
  }

  public int port() {
    return server.getPort();
  }

  public ManagedChannel channel() {
    return channel;
  }

  /** A connection from this local address. */
  public ManagedChannel channelFrom(String address) {
    return NettyChannelBuilder.forAddress("127.0.0.1", server.getPort())
        .usePlaintext()
        .localSocketPicker(new FromAddress(address))
        .build();
  }

  /** One more connection, which ends with the server, and holds little that nobody has read. */
  public ManagedChannel anotherChannel() {
    return NettyChannelBuilder.forAddress("127.0.0.1", server.getPort())
        .usePlaintext()
        .flowControlWindow(64 * 1024)
        .build();
  }

  @Override
  public void close() {
    channel.shutdownNow();
    server.shutdownNow();
    subscriptions.close();
    discovery.close();
    shadows.close();
    streams.close();
    channels.close();
    loops.close();
    loadFeed.close();
  }

  private Server serve(LoadBalancerService service, LoadStats loadStats, int port) {
    var builder =
        NettyServerBuilder.forAddress(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    builder.addService(new AdsHandler(discovery, Optional.empty()));
    PeerGuard guard =
        new PeerGuard(
            PeerLimits.forHeap(Runtime.getRuntime().maxMemory()),
            Ticker.system(),
            (limit, peer, reason) -> {});
    builder.addService(loadStats.definition());
    new RpcServer(service.definition(), loops, guard).accept(builder);
    try {
      return builder.build().start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
