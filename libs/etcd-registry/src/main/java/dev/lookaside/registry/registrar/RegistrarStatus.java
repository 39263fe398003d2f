package dev.lookaside.registry.registrar;

import java.util.OptionalLong;

/**
 * Where a registrar stands, for health and metrics.
 *
 * @param phase what it is doing
 * @param detail the reason in one line, empty when all is well
 * @param renewals how often a lease was renewed since the start
 * @param registrations how often the key was put; above 1 it had been lost
 * @param lastSuccessNanos when etcd last confirmed the lease, on the registrar's clock
 */
public record RegistrarStatus(
    Phase phase, String detail, long renewals, long registrations, OptionalLong lastSuccessNanos) {

  /** What a registrar is doing. */
  public enum Phase {
    /** Not started. */
    NEW,
    /** Trying to get the key into etcd. */
    REGISTERING,
    /** The key is there as READY. */
    REGISTERED,
    /** The key is there as DRAINING, or is about to be. */
    DRAINING,
    /** Another live process holds the id; nothing more will be tried. */
    CONFLICT,
    /** Closed. */
    CLOSED
  }

  static final RegistrarStatus NEW = new RegistrarStatus(Phase.NEW, "", 0, 0, OptionalLong.empty());

  RegistrarStatus in(Phase newPhase, String newDetail) {
    return new RegistrarStatus(newPhase, newDetail, renewals, registrations, lastSuccessNanos);
  }

  RegistrarStatus registeredAt(long nanos, Phase newPhase) {
    return new RegistrarStatus(newPhase, "", renewals, registrations + 1, OptionalLong.of(nanos));
  }

  RegistrarStatus renewedAt(long nanos) {
    return new RegistrarStatus(phase, "", renewals + 1, registrations, OptionalLong.of(nanos));
  }
}
