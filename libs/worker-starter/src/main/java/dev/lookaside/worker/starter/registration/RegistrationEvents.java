package dev.lookaside.worker.starter.registration;

import dev.lookaside.registry.registrar.RegistrarListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what becomes of the registration, which the registrar itself logs, and passes on what ends
 * it for good.
 */
public final class RegistrationEvents implements RegistrarListener {
  private static final Logger log = LoggerFactory.getLogger(RegistrationEvents.class);

  private final String key;
  private final Counter registrations;
  private final Counter renewals;
  private final Counter losses;
  private final FatalRegistration onFatal;
  private boolean everRegistered;
  private boolean deniedBefore;

  /**
   * @param key where the worker registers, for the log
   * @param onFatal hears why this worker cannot stay; must not block
   */
  public RegistrationEvents(String key, MeterRegistry meters, FatalRegistration onFatal) {
    this.key = key;
    this.registrations =
        Counter.builder("lookaside.lease.registrations")
            .description("How often the key was put into etcd")
            .register(meters);
    this.renewals =
        Counter.builder("lookaside.lease.renewals")
            .description("How often etcd confirmed the lease")
            .register(meters);
    this.losses =
        Counter.builder("lookaside.lease.losses")
            .description("How often the lease or the key was gone")
            .register(meters);
    this.onFatal = onFatal;
  }

  @Override
  public void registered(long leaseId) {
    everRegistered = true;
    deniedBefore = false;
    registrations.increment();
  }

  @Override
  public void renewed() {
    renewals.increment();
  }

  @Override
  public void lost(String reason) {
    losses.increment();
    log.warn("registration {} was lost and is being put back: {}", key, reason);
  }

  @Override
  public void conflict(String message) {
    onFatal.because("worker.id: " + message);
  }

  /** Fatal at the start only: a worker that has served goes on while someone mends etcd. */
  @Override
  public void denied(String message) {
    if (!everRegistered) {
      onFatal.because(message);
    } else if (!deniedBefore) {
      deniedBefore = true;
      log.error("{} cannot be kept: {}", key, message);
    }
  }
}
