package dev.lookaside.lb.xds;

import dev.lookaside.core.balancer.ServiceSnapshot;
import dev.lookaside.core.balancer.SnapshotListener;
import dev.lookaside.core.balancer.ZonePreference;
import dev.lookaside.core.concurrent.Debounced;
import dev.lookaside.core.load.LoadView;
import dev.lookaside.core.time.Ticker;
import dev.lookaside.lb.names.HostTable;
import dev.lookaside.lb.push.Audience;
import dev.lookaside.lb.push.Audience.Capacity;
import dev.lookaside.lb.push.PublisherThread;
import dev.lookaside.lb.push.Unsent;
import dev.lookaside.lb.rpc.Refusals;
import dev.lookaside.xds.v3.DiscoveryRequest;
import io.grpc.ServerCall;
import io.grpc.StatusException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * All streams of xDS clients, and the one thread that tells them what is new.
 *
 * <p>Who is in a fleet goes out a few milliseconds after it changed; weights at most once in {@link
 * AdsLimits#weightInterval}, and only if they changed by more than a threshold.
 *
 * <p>As long as the registry was never read nothing is sent, for an empty fleet would be believed.
 */
public final class Discovery implements SnapshotListener, AutoCloseable {
  private static final Duration TICK = Duration.ofMillis(500);

  /** How long a client waits here for the registry, rather than at another balancer. */
  static final Duration SYNC_PATIENCE = Duration.ofSeconds(2);

  private final AdsLimits limits;
  private final Catalog catalog;
  private final HostTable hosts;
  private final Unsent unsent;
  private final Ticker ticker;
  private final AdsMeters meters;
  private final Nacks nacks;
  private final PublisherThread thread = new PublisherThread("lookaside-xds");
  private final Debounced flush;
  private final Audience<AdsStream> audience;

  // Written by whoever brings a change.
  private final Set<String> changed = ConcurrentHashMap.newKeySet();
  private volatile BooleanSupplier everSynced = () -> false;
  private volatile Supplier<Optional<String>> overload = Optional::empty;

  Discovery(
      AdsLimits limits,
      Catalog catalog,
      HostTable hosts,
      Unsent unsent,
      Ticker ticker,
      MeterRegistry meters) {
    this.limits = limits;
    this.catalog = catalog;
    this.hosts = hosts;
    this.unsent = unsent;
    this.ticker = ticker;
    this.meters = new AdsMeters(meters);
    this.nacks = new Nacks(ticker);
    this.flush = thread.debounced(ticker, this::publishChanges);
    this.audience =
        new Audience<>(
            thread,
            ticker,
            unsent,
            new Capacity("streams of xDS", limits.streams(), limits.streamsPerConnection()),
            new Telling());
    Gauge.builder("lookaside.xds.streams", audience::size)
        .description("Streams of xDS clients that are open")
        .register(meters);
  }

  /**
   * What serves every service.
   *
   * @param zoneOf where the clients of a service are
   * @param epoch no other process, and no earlier one, has the same
   */
  public static Discovery of(
      AdsLimits limits,
      EndpointWeights weights,
      Function<String, Optional<ZonePreference>> zoneOf,
      Function<String, ServiceTerms> terms,
      LoadView loads,
      HostTable hosts,
      Unsent unsent,
      String epoch,
      Ticker ticker,
      MeterRegistry meters) {
    Addresses addresses = new Addresses(hosts, ticker);
    Fleets fleets = new Fleets(weights, zoneOf, new Spill(loads, ticker), addresses);
    Catalog catalog = new Catalog(fleets::of, terms, limits.weightThreshold(), epoch);
    return new Discovery(limits, catalog, hosts, unsent, ticker, meters);
  }

  /**
   * From now on streams are served.
   *
   * @param synced whether the registry was read at least once
   * @param complaint why no stream can be taken now, if so
   */
  public void start(BooleanSupplier synced, Supplier<Optional<String>> complaint) {
    everSynced = synced;
    overload = complaint;
    hosts.start(thread, this::refreshAll);
    thread.every(limits.weightInterval(), this::publishWeights);
    thread.every(TICK, this::lookAfterStreams);
    thread.every(TICK, hosts::tick);
  }

  /** The registry was read for the first time: what was held back can go. */
  public void synced() {
    thread.execute(audience::tellAllSoon);
  }

  /** Never throws: whoever brings a change has more to do with it. */
  @Override
  public void changed(ServiceSnapshot before, ServiceSnapshot now) {
    catalog.put(now);
    changed.add(now.registered().service());
    flush.ask();
  }

  @Override
  public void forgotten(String service) {
    catalog.forget(service);
    changed.add(service);
    flush.ask();
  }

  AdsStream newStream(
      ServerCall<DiscoveryRequest, EncodedResponse> call,
      Function<String, Optional<String>> refusalOf) {
    return new AdsStream(call, refusalOf, unsent, meters, ticker.nanos());
  }

  Audience<AdsStream> audience() {
    return audience;
  }

  void requested(AdsStream stream, DiscoveryRequest request) {
    thread.execute(() -> {
      if (audience.has(stream)) {
        take(stream, request);
      }
    });
  }

  /** Notes that a client asks for nothing more. */
  void finished(AdsStream stream) {
    thread.execute(() -> audience.complete(stream));
  }

  /**
   * Who is connected, and what they have; fails when this balancer stops.
   *
   * @param most how many of them
   */
  public CompletableFuture<List<ClientView>> clients(int most) {
    CompletableFuture<List<ClientView>> answer = new CompletableFuture<>();
    if (!thread.tryExecute(() -> answer.complete(views(most)))) {
      answer.completeExceptionally(Refusals.shuttingDown());
    }
    return answer;
  }

  private List<ClientView> views(int most) {
    return audience.stream().limit(most).map(s -> s.view(catalog::answer)).toList();
  }

  private void take(AdsStream stream, DiscoveryRequest request) {
    try {
      stream.greet(request);
      Optional<ResourceType> type = ResourceType.of(request.getTypeUrl());
      if (type.isPresent()) {
        AdsStream.check(request, limits.names());
        subscribe(stream, stream.subscription(type.get()), request);
      } else {
        meters.foreignType();
        nacks.foreignType(request.getTypeUrl(), stream.node());
      }
      stream.outlet().requestNext();
    } catch (StatusException refused) {
      audience.end(stream, refused);
    }
  }

  private void subscribe(AdsStream stream, TypeSubscription type, DiscoveryRequest request) {
    if (type.isStale(request)) {
      return;
    }
    if (type.take(request)) {
      meters.refused(type.type());
      nacks.refused(type, stream.node());
    }
    Set<String> before = stream.services();
    stream.collectServices();
    for (String service : stream.services()) {
      if (!before.contains(service)) {
        catalog.watch(service, stream);
      }
    }
    for (String service : before) {
      if (!stream.services().contains(service)) {
        catalog.unwatch(service, stream);
      }
    }
    audience.tellSoon(stream);
  }

  private void publishChanges() {
    for (String service : List.copyOf(changed)) {
      changed.remove(service);
      // One service's misfortune is not the others'.
      thread.guarded(
          () -> catalog.refresh(service, Catalog.Change.MEMBERS).forEach(audience::tellSoon));
    }
  }

  /** A host is elsewhere now. */
  private void refreshAll() {
    changed.addAll(catalog.watchedServices());
    flush.ask();
  }

  private void publishWeights() {
    for (String service : catalog.watchedServices()) {
      thread.guarded(
          () -> catalog.refresh(service, Catalog.Change.WEIGHTS).forEach(audience::tell));
    }
  }

  /** Who reads nothing is cut; who would wait for the registry may find another balancer. */
  private void lookAfterStreams() {
    audience.cutWhoIsStuck();
    if (!everSynced.getAsBoolean()) {
      long now = ticker.nanos();
      audience.stream()
          .filter(stream -> stream.ageNanos(now) > SYNC_PATIENCE.toNanos())
          .toList()
          .forEach(stream -> audience.end(stream, Refusals.notSynced()));
    }
  }

  /** Ends every stream, so that clients go elsewhere at once, and takes no new one. */
  @Override
  public void close() {
    audience.close();
    thread.close();
  }

  private final class Telling implements Audience.Host<AdsStream> {

    @Override
    public void joined(AdsStream stream) {
      Optional<String> complaint = overload.get();
      if (complaint.isPresent()) {
        audience.end(stream, Refusals.exhausted(complaint.get()));
      } else {
        stream.outlet().requestNext();
      }
    }

    @Override
    public void serve(AdsStream stream) {
      if (everSynced.getAsBoolean()) {
        stream.send(catalog::answer, catalog.version());
      }
    }

    @Override
    public void left(AdsStream stream) {
      stream.services().forEach(service -> catalog.unwatch(service, stream));
      stream.gone();
    }
  }
}
