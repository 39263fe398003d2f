package dev.lookaside.registry.signature;

import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.registry.codec.EndpointCodec;
import dev.lookaside.registry.codec.RegistryKeys;
import dev.lookaside.registry.store.StoredKey;
import dev.lookaside.registry.view.Disbelief;
import java.time.Instant;
import java.util.Optional;

/** Says whether a registration is believed. */
public interface RegistrationCheck {

  /**
   * What a judgement rests on.
   *
   * @param basis whom we trust and who may what; a judgement on another one is void
   * @param until when it ends
   */
  record Grounds(Object basis, Instant until) {
    static final Grounds NONE = new Grounds("", Instant.MAX);
  }

  /**
   * Returns what makes it believable.
   *
   * @param name what its key names
   * @param stored as it is in etcd
   * @param said what its value says
   * @param signature what its value carries
   * @throws Disbelief if it is not
   */
  Grounds check(
      RegistryKeys.Name name,
      StoredKey stored,
      Endpoint said,
      Optional<String> signature,
      EndpointCodec codec);

  /** The grounds of what is refused now: it is looked at again when these are void. */
  Grounds now();

  /** Whether a judgement on these grounds holds still. */
  boolean hold(Grounds grounds);

  /** Believes whoever can write to etcd. */
  static RegistrationCheck none() {
    return new RegistrationCheck() {
      @Override
      public Grounds check(
          RegistryKeys.Name name,
          StoredKey stored,
          Endpoint said,
          Optional<String> signature,
          EndpointCodec codec) {
        return Grounds.NONE;
      }

      @Override
      public Grounds now() {
        return Grounds.NONE;
      }

      @Override
      public boolean hold(Grounds grounds) {
        return true;
      }
    };
  }
}
