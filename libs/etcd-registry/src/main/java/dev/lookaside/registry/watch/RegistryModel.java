package dev.lookaside.registry.watch;

import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointTable;
import dev.lookaside.core.time.Ticker;
import dev.lookaside.registry.OneLine;
import dev.lookaside.registry.codec.EndpointCodec;
import dev.lookaside.registry.codec.RegistryKeys;
import dev.lookaside.registry.store.StoredKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Everything under the root, key by key, and the tables that follow from it. Keys that cannot be an
 * endpoint are known but skipped. Used by one thread.
 */
final class RegistryModel {
  private final RegistryKeys keys;
  private final EndpointCodec codec;
  private final Rejections rejections;
  private final Map<String, KnownKey> known = new HashMap<>();
  private final Services services;
  private final List<Endpoint> lost = new ArrayList<>();

  RegistryModel(RegistryKeys keys, EndpointCodec codec, Rejections rejections, Ticker ticker) {
    this.keys = keys;
    this.codec = codec;
    this.rejections = rejections;
    this.services = new Services(ticker, keys, rejections);
  }

  /** Makes the model exactly this; returns whether it was anything else before. */
  boolean replace(List<StoredKey> all) {
    boolean changed = false;
    Set<String> present = new HashSet<>();
    for (StoredKey stored : all) {
      present.add(stored.key());
      changed |= put(stored);
    }
    if (known.size() > present.size()) {
      for (String key : List.copyOf(known.keySet())) {
        if (!present.contains(key)) {
          delete(key);
          changed = true;
        }
      }
    }
    return changed;
  }

  /** Returns whether the key says anything new. */
  boolean put(StoredKey stored) {
    KnownKey before = known.get(stored.key());
    if (before != null && before.saysTheSameAs(stored)) {
      return false;
    }
    Optional<Endpoint> endpoint = read(stored);
    known.put(stored.key(), KnownKey.of(stored, endpoint));
    if (endpoint.isPresent()) {
      services.put(endpoint.get(), stored);
    } else if (before != null) {
      before.endpoint().ifPresent(this::remove);
    }
    return true;
  }

  void delete(String key) {
    KnownKey before = known.remove(key);
    if (before != null) {
      before.endpoint().ifPresent(this::remove);
    }
  }

  /** The endpoints that went since the last call, as they last were. */
  List<Endpoint> takeLost() {
    if (lost.isEmpty()) {
      return List.of();
    }
    List<Endpoint> taken = lost.stream().filter(endpoint -> !isLive(endpoint)).distinct().toList();
    lost.clear();
    return taken;
  }

  int liveCount(String service) {
    return services.liveCount(service);
  }

  void retain(Endpoint endpoint) {
    services.retain(endpoint);
  }

  void evict(Endpoint endpoint) {
    services.evict(endpoint);
  }

  Collection<Endpoint> retained() {
    return services.retained();
  }

  boolean changed() {
    return services.changed();
  }

  /** To be called from time to time: services without endpoints are forgotten after a while. */
  void forgetOld() {
    services.forgetEmpty();
  }

  Map<String, EndpointTable> tables(long revision) {
    return services.tables(revision);
  }

  /** Whatever is wrong with one key costs that key only. */
  private Optional<Endpoint> read(StoredKey stored) {
    try {
      RegistryKeys.Name name = keys.parse(stored.key());
      if (stored.lease() == 0) {
        throw new IllegalArgumentException("the key has no lease (expected: one that is renewed)");
      }
      return Optional.of(codec.decode(name, stored));
    } catch (IllegalArgumentException e) {
      rejections.add(stored.key(), OneLine.of(e.getMessage()));
    } catch (RuntimeException e) {
      rejections.add(stored.key(), "it cannot be read: " + OneLine.of(e.toString()));
    }
    return Optional.empty();
  }

  private void remove(Endpoint endpoint) {
    services.remove(endpoint).ifPresent(lost::add);
  }

  private boolean isLive(Endpoint endpoint) {
    KnownKey now = known.get(keys.key(endpoint.service(), endpoint.id()));
    return now != null && now.endpoint().isPresent();
  }
}
