package dev.lookaside.registry.kubernetes;

import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointState;
import dev.lookaside.core.endpoint.EndpointTable;
import dev.lookaside.core.time.LineLimit;
import dev.lookaside.core.time.Ticker;
import dev.lookaside.registry.view.ChangingTables;
import dev.lookaside.registry.view.RegistryListener;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All slices by name, and the tables that follow from them. A slice that makes no sense costs what
 * is wrong with it: an endpoint, or itself. Used by one thread.
 */
final class Slices implements ChangingTables {
  private static final Logger LOG = LoggerFactory.getLogger(Slices.class);
  private static final Duration LINE_EVERY = Duration.ofMinutes(1);
  private static final int MOST_LINES = 20;

  /** What the API allows; a server that sends more is none. */
  static final int MOST_IN_A_SLICE = 1_000;

  private record Known(String service, boolean isIpv4, List<Endpoint> endpoints) {}

  private final SliceReader reader;
  private final Map<String, String> names;
  private final int mostEndpoints;
  private final RegistryListener listener;
  private final LineLimit lines;
  private final Map<String, Known> slices = new TreeMap<>();
  private final Map<String, Set<String>> byService = new HashMap<>();
  private final Map<String, EndpointTable> tables = new HashMap<>();
  private final Set<String> changed = new LinkedHashSet<>();
  private int endpoints;

  /**
   * Without slices.
   *
   * @param names Services that have another name here
   */
  Slices(
      SliceReader reader,
      Map<String, String> names,
      int mostEndpoints,
      RegistryListener listener,
      Ticker ticker) {
    this.reader = reader;
    this.names = Map.copyOf(names);
    this.mostEndpoints = mostEndpoints;
    this.listener = listener;
    this.lines = new LineLimit(ticker, LINE_EVERY, MOST_LINES);
  }

  void put(EndpointSlice slice) {
    String key = slice.getMetadata().getName();
    Optional<Known> read = read(key, slice);
    Known before = slices.get(key);
    if (read.isPresent() && read.get().equals(before)) {
      return;
    }
    delete(key);
    read.ifPresent(known -> keep(key, known));
  }

  void delete(String key) {
    Known gone = slices.remove(key);
    if (gone != null) {
      endpoints -= gone.endpoints().size();
      byService.getOrDefault(gone.service(), Set.of()).remove(key);
      changed.add(gone.service());
    }
  }

  /** Makes the slices exactly those that a list had. */
  void retain(Set<String> listed) {
    Set<String> gone = new HashSet<>(slices.keySet());
    gone.removeAll(listed);
    gone.forEach(this::delete);
  }

  private void keep(String key, Known known) {
    if (endpoints + known.endpoints().size() > mostEndpoints || slices.size() >= mostEndpoints) {
      reject(key, "there are too many endpoints (expected: at most " + mostEndpoints + ")");
      return;
    }
    slices.put(key, known);
    endpoints += known.endpoints().size();
    byService.computeIfAbsent(known.service(), service -> new LinkedHashSet<>()).add(key);
    changed.add(known.service());
  }

  private Optional<Known> read(String key, EndpointSlice slice) {
    try {
      String name =
          SliceReader.service(slice)
              .orElseThrow(() ->
                  new IllegalArgumentException(
                      "it belongs to no Service (expected: the label kubernetes.io/service-name)"));
      String service = names.getOrDefault(name, name);
      int port = reader.port(slice);
      boolean isIpv4 = "IPv4".equals(slice.getAddressType());
      if (!isIpv4 && !"IPv6".equals(slice.getAddressType())) {
        throw new IllegalArgumentException(
            "addressType is '" + slice.getAddressType() + "' (expected: IPv4 or IPv6)");
      }
      var said = Optional.ofNullable(slice.getEndpoints()).orElse(List.of());
      if (said.size() > MOST_IN_A_SLICE) {
        throw new IllegalArgumentException(
            "it has " + said.size() + " endpoints (expected: at most " + MOST_IN_A_SLICE + ")");
      }
      List<Endpoint> read = new ArrayList<>(said.size());
      for (var one : said) {
        try {
          reader.read(service, port, one).ifPresent(read::add);
        } catch (IllegalArgumentException e) {
          reject(key, String.valueOf(e.getMessage()));
        }
      }
      return Optional.of(new Known(service, isIpv4, List.copyOf(read)));
    } catch (IllegalArgumentException e) {
      reject(key, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  private void reject(String key, String reason) {
    listener.rejected(key, reason);
    lines.write(
        key,
        leftOut ->
            LOG.warn(
                "of the EndpointSlice '{}' something is left out: {}{}", key, reason, leftOut));
  }

  @Override
  public boolean changed() {
    return !changed.isEmpty();
  }

  @Override
  public Map<String, EndpointTable> tables(long revision) {
    for (String service : changed) {
      Set<String> keys = byService.getOrDefault(service, Set.of());
      EndpointTable before = tables.getOrDefault(service, EndpointTable.empty(service));
      if (keys.isEmpty()) {
        byService.remove(service);
      }
      if (keys.isEmpty() && before.isEmpty()) {
        tables.remove(service);
        continue;
      }
      List<Endpoint> now = List.copyOf(oneForEachId(keys).values());
      if (!now.equals(before.endpoints())) {
        tables.put(
            service, EndpointTable.of(service, Math.max(revision, before.version() + 1), now));
      }
    }
    changed.clear();
    return tables;
  }

  /**
   * A pod can be in two slices, while it moves or because it has two addresses: who takes calls
   * goes before who drains, and IPv4 before IPv6. All balancers choose alike.
   */
  private Map<String, Endpoint> oneForEachId(Set<String> keys) {
    Map<String, Endpoint> chosen = new TreeMap<>();
    for (boolean isIpv4 : new boolean[] {true, false}) {
      for (String key : keys.stream().sorted().toList()) {
        Known known = slices.get(key);
        if (known != null && known.isIpv4() == isIpv4) {
          known.endpoints().forEach(one -> chosen.merge(one.id(), one, Slices::better));
        }
      }
    }
    return chosen;
  }

  private static Endpoint better(Endpoint first, Endpoint second) {
    return first.state() == EndpointState.DRAINING && second.state() == EndpointState.READY
        ? second
        : first;
  }
}
