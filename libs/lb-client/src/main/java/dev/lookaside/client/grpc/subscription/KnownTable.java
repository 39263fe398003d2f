package dev.lookaside.client.grpc.subscription;

import dev.lookaside.core.balancer.TrafficSettings;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointTable;
import dev.lookaside.core.policy.Policies;
import dev.lookaside.v1.Balancing;
import dev.lookaside.v1.Table;
import dev.lookaside.v1.TableDelta;
import dev.lookaside.v1.TableEndpoint;
import dev.lookaside.v1.TableVersion;
import dev.lookaside.wire.BalancingCodec;
import dev.lookaside.wire.Subset;
import dev.lookaside.wire.TableCodec;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One version of the table of one service, as a balancer gave it. Immutable.
 *
 * @param entries by the number that stands for each endpoint in this epoch
 */
record KnownTable(
    String service,
    TableVersion version,
    Balancing balancing,
    TrafficSettings traffic,
    Map<Integer, Entry> entries) {
  private static final System.Logger LOG = System.getLogger(KnownTable.class.getName());

  /** An endpoint, as it was told and as it was understood. */
  record Entry(TableEndpoint wire, Endpoint endpoint) {}

  /**
   * @throws IllegalArgumentException if the table makes no sense
   */
  static KnownTable of(String service, Table table) {
    if (!table.hasVersion() || !table.hasBalancing()) {
      throw new IllegalArgumentException(
          "table has no version or no balancing (expected: both of them)");
    }
    return new KnownTable(
            service,
            table.getVersion(),
            table.getBalancing(),
            BalancingCodec.read(table.getBalancing()),
            Map.of())
        .with(table.getEndpointsList());
  }

  /**
   * The version that the change leads to.
   *
   * @throws IllegalArgumentException if the change starts elsewhere, or makes no sense
   */
  KnownTable after(TableDelta delta) {
    if (!delta.getFrom().equals(version)) {
      throw new IllegalArgumentException(
          "delta starts from version %s (expected: %s)"
              .formatted(text(delta.getFrom()), text(version)));
    }
    Map<Integer, Entry> left = new HashMap<>(entries);
    delta.getRemovedList().forEach(left::remove);
    Balancing rules = delta.hasBalancing() ? delta.getBalancing() : balancing;
    return new KnownTable(service, delta.getTo(), rules, BalancingCodec.read(rules), left)
        .with(delta.getChangedList());
  }

  private KnownTable with(Collection<TableEndpoint> changed) {
    Map<Integer, Entry> all = new HashMap<>(entries);
    for (TableEndpoint wire : changed) {
      all.put(wire.getNumber(), new Entry(wire, TableCodec.read(service, wire)));
    }
    KnownTable table = new KnownTable(service, version, balancing, traffic, Map.copyOf(all));
    // Refuses two endpoints of one id.
    var unused = EndpointTable.of(service, version.getNumber(), table.endpoints());
    return table;
  }

  private List<Endpoint> endpoints() {
    return entries.values().stream().map(Entry::endpoint).toList();
  }

  Optional<Endpoint> endpoint(int number) {
    return Optional.ofNullable(entries.get(number)).map(Entry::endpoint);
  }

  /** What a client goes by that connects to this part of the endpoints. */
  ServiceView view(Subset subset, String source) {
    Set<String> advisedAgainst =
        entries.values().stream()
            .filter(entry -> TableCodec.isAdvisedAgainst(entry.wire().getHealth()))
            .map(entry -> entry.endpoint().id())
            .collect(Collectors.toUnmodifiableSet());
    return new ServiceView(
        EndpointTable.of(service, version.getNumber(), subset.of(endpoints())),
        advisedAgainst,
        policy(),
        traffic,
        source);
  }

  /** The announced policy, or one that any service can live with. */
  private String policy() {
    String announced = balancing.getPolicy();
    if (Policies.names().contains(announced)) {
      return announced;
    }
    LOG.log(
        System.Logger.Level.WARNING,
        "service {0} is balanced by policy ''{1}'', which this client does not know: rr is used",
        service,
        announced);
    return "rr";
  }

  /** As a balancer would give it to a client that has nothing. */
  Table toWire() {
    return Table.newBuilder()
        .setVersion(version)
        .setBalancing(balancing)
        .addAllEndpoints(entries.values().stream().map(Entry::wire).toList())
        .build();
  }

  private static String text(TableVersion version) {
    return version.getEpoch() + "/" + version.getNumber();
  }
}
