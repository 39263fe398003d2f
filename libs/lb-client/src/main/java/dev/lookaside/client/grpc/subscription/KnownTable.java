package dev.lookaside.client.grpc.subscription;

import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointTable;
import dev.lookaside.v1.Table;
import dev.lookaside.v1.TableDelta;
import dev.lookaside.v1.TableEndpoint;
import dev.lookaside.v1.TableVersion;
import dev.lookaside.wire.TableCodec;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The table of one service, as a balancer gave it and changed it. In one synchronization context.
 *
 * <p>A change costs what it changes, however large the table: what the client connects to is kept
 * in order. An endpoint that makes no sense, such as one with an address of a form that only newer
 * clients know, is left out and counted; it does not cost the others anything.
 */
final class KnownTable {
  private static final System.Logger LOG = System.getLogger(KnownTable.class.getName());

  /** An endpoint that makes no sense, and why. */
  private record Unreadable(TableEndpoint wire, String reason) {}

  private final String service;
  private final Vantage vantage;
  private final Map<Integer, Ranked> entries = new HashMap<>();
  private final Map<String, Integer> numbers = new HashMap<>();
  private final Ranking ranking;
  private final Map<Integer, Unreadable> unreadable = new LinkedHashMap<>();
  private int unreadableTold;
  private TableVersion version;
  private Rules rules;

  /**
   * @throws IllegalArgumentException if the table makes no sense as a whole
   */
  KnownTable(String service, Vantage vantage, Table table) {
    if (!table.hasVersion() || !table.hasBalancing()) {
      throw new IllegalArgumentException(
          "table has no version or no balancing (expected: both of them)");
    }
    this.service = service;
    this.vantage = vantage;
    this.ranking = new Ranking(vantage.subset().limit());
    this.version = table.getVersion();
    this.rules = Rules.of(service, table.getBalancing(), vantage.place());
    table.getEndpointsList().forEach(wire -> put(wire, OptionalLong.empty()));
    tellUnreadable();
    if (entries.isEmpty() && table.getEndpointsCount() > 0) {
      throw new IllegalArgumentException(
          "none of the %d endpoints of its table can be understood"
              .formatted(table.getEndpointsCount()));
    }
  }

  /**
   * Takes all of a change, or nothing of it.
   *
   * @throws IllegalArgumentException if it starts elsewhere, or makes no sense as a whole
   */
  void apply(TableDelta delta, long nowNanos) {
    if (!delta.getFrom().equals(version)) {
      throw new IllegalArgumentException(
          "delta starts from version %s (expected: %s)"
              .formatted(text(delta.getFrom()), text(version)));
    }
    if (delta.hasBalancing() && !delta.getBalancing().equals(rules.wire())) {
      rules = Rules.of(service, delta.getBalancing(), vantage.place());
    }
    version = delta.getTo();
    delta.getRemovedList().forEach(this::remove);
    delta.getChangedList().forEach(wire -> put(wire, OptionalLong.of(nowNanos)));
    tellUnreadable();
  }

  private void put(TableEndpoint wire, OptionalLong nowNanos) {
    Optional<Ranked> before = remove(wire.getNumber());
    try {
      Endpoint endpoint = TableCodec.read(service, wire);
      if (numbers.putIfAbsent(endpoint.id(), wire.getNumber()) != null) {
        throw new IllegalArgumentException(
            "endpoint %s is there twice (expected: unique ids)".formatted(endpoint.id()));
      }
      Ranked ranked =
          new Ranked(
              wire, endpoint, vantage.subset().score(endpoint), born(before, endpoint, nowNanos));
      entries.put(wire.getNumber(), ranked);
      ranking.add(ranked);
    } catch (IllegalArgumentException e) {
      unreadable.put(wire.getNumber(), new Unreadable(wire, Reasons.of(e)));
    }
  }

  private static OptionalLong born(
      Optional<Ranked> before, Endpoint endpoint, OptionalLong nowNanos) {
    return before
        .filter(b -> b.endpoint().id().equals(endpoint.id()))
        .map(b ->
            b.endpoint().incarnation().equals(endpoint.incarnation()) ? b.bornNanos() : nowNanos)
        .orElse(OptionalLong.empty());
  }

  private Optional<Ranked> remove(int number) {
    unreadable.remove(number);
    Ranked gone = entries.remove(number);
    if (gone != null) {
      numbers.remove(gone.endpoint().id());
      ranking.remove(gone);
    }
    return Optional.ofNullable(gone);
  }

  /** One line, not one for each. */
  private void tellUnreadable() {
    if (unreadable.size() > unreadableTold) {
      LOG.log(
          System.Logger.Level.WARNING,
          "{0} endpoints of service {1} are left out, such as: {2}",
          unreadable.size(),
          service,
          unreadable.values().iterator().next().reason());
    }
    unreadableTold = Math.max(unreadableTold, unreadable.size());
  }

  TableVersion version() {
    return version;
  }

  /** How many endpoints are left out, since they make no sense. */
  int unreadable() {
    return unreadable.size();
  }

  Optional<Ranked> find(int number) {
    return Optional.ofNullable(entries.get(number));
  }

  /** What a client goes by that connects to its part of the endpoints. */
  ServiceView view(String source) {
    List<Ranked> chosen = ranking.chosen();
    Set<String> advisedAgainst =
        chosen.stream()
            .filter(Ranked::isAdvisedAgainst)
            .map(ranked -> ranked.endpoint().id())
            .collect(Collectors.toUnmodifiableSet());
    return new ServiceView(
        EndpointTable.of(
            service, version.getNumber(), chosen.stream().map(Ranked::endpoint).toList()),
        advisedAgainst,
        rules.policy(),
        rules.traffic(),
        source);
  }

  /** As a balancer would give it to a client that has nothing, but for the view. */
  Table.Builder toWire() {
    return Table.newBuilder()
        .setVersion(version)
        .setBalancing(rules.wire())
        .addAllEndpoints(entries.values().stream().map(Ranked::wire).toList())
        .addAllEndpoints(unreadable.values().stream().map(Unreadable::wire).toList());
  }

  private static String text(TableVersion version) {
    return version.getEpoch() + "/" + version.getNumber();
  }
}
