package dev.lookaside.registry.watch;

import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.registry.OneLine;
import dev.lookaside.registry.codec.ControlCodec;
import dev.lookaside.registry.codec.RegistryKeys;
import dev.lookaside.registry.control.ControlState;
import dev.lookaside.registry.store.StoredKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What operators decided, by service. A value that cannot be read is skipped, and what was decided
 * before stays: no writer's mistake makes drained endpoints come back. Used by one thread.
 */
final class Controls {
  static final int MOST_SERVICES = 10_000;

  /** What is known of one key; the state is the last that could be read, if any. */
  private record Known(String service, long modRevision, Optional<ControlState> state) {}

  private final RegistryKeys keys;
  private final Rejections rejections;
  private final Map<String, Known> known = new HashMap<>();
  private Map<String, ControlState> states = Map.of();

  Controls(RegistryKeys keys, Rejections rejections) {
    this.keys = keys;
    this.rejections = rejections;
  }

  /** Whether this key is of such a kind. */
  boolean isOne(String key) {
    return keys.controlled(key).isPresent();
  }

  boolean holds(String key) {
    return known.containsKey(key);
  }

  int size() {
    return known.size();
  }

  List<String> keys() {
    return List.copyOf(known.keySet());
  }

  /** Returns the service of which something else is decided now, if any. */
  Optional<String> put(StoredKey stored) {
    Known before = known.get(stored.key());
    if (before != null && before.modRevision == stored.modRevision()) {
      return Optional.empty();
    }
    if (before == null && known.size() >= MOST_SERVICES) {
      rejections.add(
          stored.key(), "decisions of too many services (expected: at most " + MOST_SERVICES + ")");
      return Optional.empty();
    }
    Optional<ControlState> read = read(stored);
    Optional<ControlState> last = read.isPresent() || before == null ? read : before.state;
    String service = keys.controlled(stored.key()).orElseThrow();
    known.put(stored.key(), new Known(service, stored.modRevision(), last));
    return read.isPresent() ? changed(service) : Optional.empty();
  }

  Optional<String> delete(String key) {
    Known gone = known.remove(key);
    return gone == null ? Optional.empty() : changed(gone.service);
  }

  ControlState of(String service) {
    return states.getOrDefault(service, ControlState.NONE);
  }

  Map<String, ControlState> states() {
    return states;
  }

  private Optional<String> changed(String service) {
    Map<String, ControlState> all = new HashMap<>();
    known.values().forEach(one -> one.state.ifPresent(state -> all.put(one.service, state)));
    states = Map.copyOf(all);
    return Optional.of(service);
  }

  private Optional<ControlState> read(StoredKey stored) {
    try {
      Endpoint.requireName("service", keys.controlled(stored.key()).orElseThrow());
      return Optional.of(
          new ControlState(ControlCodec.decode(stored.value()), stored.modRevision()));
    } catch (IllegalArgumentException e) {
      rejections.add(stored.key(), OneLine.of(e.getMessage()));
    } catch (RuntimeException e) {
      rejections.add(stored.key(), "it cannot be read: " + OneLine.of(e.toString()));
    }
    return Optional.empty();
  }
}
