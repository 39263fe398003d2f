package dev.lookaside.registry.watch;

import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointTable;
import dev.lookaside.core.time.Ticker;
import dev.lookaside.registry.OneLine;
import dev.lookaside.registry.codec.EndpointCodec;
import dev.lookaside.registry.codec.RegistryKeys;
import dev.lookaside.registry.control.ControlState;
import dev.lookaside.registry.signature.RegistrationCheck;
import dev.lookaside.registry.signature.RegistrationCheck.Grounds;
import dev.lookaside.registry.store.StoredKey;
import dev.lookaside.registry.view.ChangingTables;
import dev.lookaside.registry.view.Disbelief;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Everything under the root, key by key, and the tables that follow from it. Keys that cannot be an
 * endpoint are known but skipped. Used by one thread.
 */
final class RegistryModel implements ChangingTables {
  private final RegistryKeys keys;
  private final EndpointCodec codec;
  private final RegistrationCheck check;
  private final Rejections rejections;
  private final KnownKeys known;
  private final Controls controls;
  private final Services services;
  private final List<Endpoint> lost = new ArrayList<>();

  RegistryModel(
      RegistryKeys keys,
      EndpointCodec codec,
      RegistrationCheck check,
      KnownKeys known,
      Rejections rejections,
      Ticker ticker) {
    this.keys = keys;
    this.known = known;
    this.codec = codec;
    this.check = check;
    this.rejections = rejections;
    this.controls = new Controls(keys, rejections);
    this.services = new Services(ticker, keys, rejections, controls);
  }

  /** A full read that has just begun. */
  Reading reading() {
    return new Reading();
  }

  /** Makes the model exactly what is read; what was taken stays if the rest cannot be read. */
  final class Reading {
    private final Set<String> present = new HashSet<>();
    private boolean changed;

    void take(StoredKey stored) {
      if (put(stored)) {
        changed = true;
      }
      if (known.holds(stored.key()) || controls.holds(stored.key())) {
        present.add(stored.key());
      }
    }

    /** That was all; returns whether the model was anything else before. */
    boolean complete() {
      if (known.size() + controls.size() > present.size()) {
        known.keys().forEach(this::deleteUnlessPresent);
        controls.keys().forEach(this::deleteUnlessPresent);
      }
      return changed;
    }

    private void deleteUnlessPresent(String key) {
      if (!present.contains(key)) {
        delete(key);
        changed = true;
      }
    }
  }

  /** Returns whether the key says anything new. */
  boolean put(StoredKey stored) {
    return controls.isOne(stored.key()) ? putControl(stored) : putEndpoint(stored);
  }

  private boolean putControl(StoredKey stored) {
    Optional<String> changed = controls.put(stored);
    changed.ifPresent(services::decided);
    return changed.isPresent();
  }

  private boolean putEndpoint(StoredKey stored) {
    Optional<KnownKey> before = known.find(stored.key());
    boolean isSame = before.filter(same -> same.saysTheSameAs(stored)).isPresent();
    if (isSame && check.hold(before.get().grounds())) {
      return false;
    }
    Optional<Believed> believed = read(stored).filter(read -> hasRoomFor(stored, before));
    Optional<Endpoint> endpoint = believed.map(Believed::endpoint);
    Grounds grounds = believed.map(Believed::grounds).orElseGet(check::now);
    boolean isKept = known.put(stored.key(), KnownKey.of(stored, endpoint, grounds));
    if (endpoint.isEmpty()) {
      before.flatMap(KnownKey::endpoint).ifPresent(this::remove);
    } else if (!isSame || before.get().endpoint().isEmpty()) {
      services.put(endpoint.get(), stored);
    }
    // What is judged anew is no news from etcd.
    return !isSame && (isKept || before.isPresent());
  }

  /** An endpoint, and what makes it believable. */
  private record Believed(Endpoint endpoint, Grounds grounds) {}

  private boolean hasRoomFor(StoredKey stored, Optional<KnownKey> before) {
    boolean hasRoom = before.flatMap(KnownKey::endpoint).isPresent() || known.hasRoom();
    if (!hasRoom) {
      rejections.add(stored.key(), "there are too many endpoints " + known.limit());
    }
    return hasRoom;
  }

  void delete(String key) {
    controls.delete(key).ifPresent(services::decided);
    known.remove(key).flatMap(KnownKey::endpoint).ifPresent(this::remove);
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

  @Override
  public boolean changed() {
    return services.changed();
  }

  /** To be called from time to time: services without endpoints are forgotten after a while. */
  void forgetOld() {
    services.forgetEmpty();
  }

  @Override
  public Map<String, EndpointTable> tables(long revision) {
    return services.tables(revision);
  }

  /** What operators decided, by service. */
  @Override
  public Map<String, ControlState> controls() {
    return controls.states();
  }

  /** Whatever is wrong with one key costs that key only. */
  private Optional<Believed> read(StoredKey stored) {
    try {
      RegistryKeys.Name name = keys.parse(stored.key());
      if (stored.lease() == 0) {
        throw new IllegalArgumentException("the key has no lease (expected: one that is renewed)");
      }
      EndpointCodec.Decoded decoded = codec.read(name, stored);
      Endpoint endpoint = decoded.endpoint();
      Grounds grounds = check.check(name, stored, endpoint, decoded.signature(), codec);
      return Optional.of(new Believed(endpoint, grounds));
    } catch (Disbelief e) {
      rejections.disbelieve(stored.key(), e.why(), OneLine.of(e.getMessage()));
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
    return known
        .find(keys.key(endpoint.service(), endpoint.id()))
        .flatMap(KnownKey::endpoint)
        .isPresent();
  }
}
