package dev.lookaside.registry.registrar;

import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointState;
import dev.lookaside.registry.address.AddressRules;
import dev.lookaside.registry.codec.EndpointCodec;
import dev.lookaside.registry.codec.RegistryKeys;
import dev.lookaside.registry.signature.RegistrationSigner;
import dev.lookaside.registry.store.LeaseStore.PutRequest;
import dev.lookaside.registry.store.StoredKey;
import io.etcd.jetcd.ByteSequence;
import java.util.Optional;

/**
 * What one registration wants to have under its key, and its judgement of what it finds there.
 *
 * <p>A key belongs to us if it carries our incarnation, or our address: our server listens there
 * already, so whoever wrote it does so no more. Unless we had the key before and it was written
 * after that: then a second process claims the same address, and its lease decides.
 */
final class Claim {
  private final Registration registration;
  private final RegistrationSigner signer;
  private final String key;
  private final RegistryKeys.Name name;
  private final EndpointCodec codec = new EndpointCodec(AddressRules.defaults());
  private long newestPut;

  Claim(String root, Registration registration) {
    this(root, registration, RegistrationSigner.none());
  }

  Claim(String root, Registration registration, RegistrationSigner signer) {
    this.registration = registration;
    this.signer = signer;
    this.name = new RegistryKeys.Name(registration.service(), registration.id());
    this.key = new RegistryKeys(root).key(name.service(), name.id());
  }

  String key() {
    return key;
  }

  PutRequest request(EndpointState state, long lease) {
    return new PutRequest(key, value(state), lease);
  }

  ByteSequence value(EndpointState state) {
    return signer.seal(registration.endpoint(state));
  }

  /** The revision of our own put. */
  void put(long modRevision) {
    newestPut = modRevision;
  }

  /** Whether the key may be overwritten without asking further. */
  boolean mayTake(StoredKey found) {
    if (found.lease() == 0) {
      return true; // nobody keeps it alive, and no balancer uses it
    }
    Optional<Endpoint> holder = holder(found);
    if (holder.isEmpty() || holder.get().incarnation().equals(registration.incarnation())) {
      return true;
    }
    boolean usurped = newestPut > 0 && found.modRevision() > newestPut;
    return holder.get().address().equals(registration.address()) && !usurped;
  }

  String conflict(StoredKey found) {
    String by =
        holder(found)
            .map(holder -> holder.address() + " (incarnation " + holder.incarnation() + ")")
            .orElse("another process");
    return "ALREADY_EXISTS: id '"
        + registration.id()
        + "' of service '"
        + registration.service()
        + "' is held by "
        + by
        + ", which is alive (expected: a worker id of its own for each worker)";
  }

  private Optional<Endpoint> holder(StoredKey found) {
    try {
      return Optional.of(codec.decode(name, found));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
