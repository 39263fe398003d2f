package dev.lookaside.worker.starter.config;

import dev.lookaside.core.check.Require;
import dev.lookaside.core.endpoint.Address;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.HostName;
import dev.lookaside.registry.address.AddressRules;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties {@code worker.*}. An application may have some of its own beside them.
 *
 * @param enabled Whether this process registers itself and reports its load.
 * @param id Id of this worker, unique in its service: 1 to 128 characters without spaces or
 *     slashes. Default: the host's name, a dash and the port.
 * @param service Name of the service that this worker belongs to: 1 to 128 characters without
 *     spaces or slashes.
 * @param port Port of the gRPC server, 1 to 65535, or 0 for any free one.
 * @param bindAddress Local address that the gRPC server listens on; '*' for all.
 * @param advertisedAddress Where clients reach this worker: host or host:port. Default: the local
 *     address that reaches etcd, with the port of the gRPC server.
 * @param authority Name of the host that this worker's certificate is for, where that is not the
 *     advertised one.
 * @param capacity How many requests this worker can work on at once, 1 to 4096: what it is full
 *     with. Default: the number of processors.
 * @param weight Share of the calls relative to other workers, 0 or more; 1 is neutral.
 * @param region Region that this worker runs in; may be empty.
 * @param zone Zone within the region; may be empty.
 * @param subZone Part of the zone; may be empty.
 * @param leaseTtl How long etcd keeps the registration of a worker that has died, in whole seconds,
 *     2s to 1h.
 * @param drainDelay How long a stopping worker still takes new calls, so that no balancer picks it
 *     any more when it stops taking them, 0s to 5m.
 * @param shutdownGrace How long a stopping worker then waits for running tasks, 0s to 1h.
 * @param warmUp How long a starting worker may call itself before it registers, so that its first
 *     callers need not wait, 0s (off) to 1m.
 */
@ConfigurationProperties("worker")
public record WorkerProperties(
    @DefaultValue("true") boolean enabled,
    @Nullable String id,
    @DefaultValue("worker") String service,
    @DefaultValue("50052") int port,
    @DefaultValue("*") String bindAddress,
    @Nullable String advertisedAddress,
    @Nullable String authority,
    @Nullable Integer capacity,
    @DefaultValue("1") double weight,
    @DefaultValue("") String region,
    @DefaultValue("") String zone,
    @DefaultValue("") String subZone,
    @DefaultValue("10s") Duration leaseTtl,
    @DefaultValue("1s") Duration drainDelay,
    @DefaultValue("30s") Duration shutdownGrace,
    @DefaultValue("2s") Duration warmUp) {

  private static final int MAX_PORT = 65_535;
  private static final int ANY_PORT = 1;

  /** Below this name balancers register themselves. */
  private static final String BALANCERS = "lb";

  public WorkerProperties {
    if (id != null) {
      Endpoint.requireName("worker.id", id);
    }
    Endpoint.requireName("worker.service", service);
    Require.that(
        !service.equals(BALANCERS),
        "worker.service",
        service,
        "a name other than that of balancers");
    Require.within("worker.port", port, 0, MAX_PORT);
    if (advertisedAddress != null) {
      Require.valid(
          "worker.advertised-address",
          () -> AddressRules.defaults().check(Address.parse(advertisedAddress, ANY_PORT)));
    }
    if (authority != null) {
      Require.that(
          authority.matches("[A-Za-z0-9._-]{1,253}"),
          "worker.authority",
          authority,
          "the name of a host");
    }
    if (capacity != null) {
      Require.within("worker.capacity", capacity, 1, 4_096);
    }
    Require.that(
        weight >= 0 && weight < Double.POSITIVE_INFINITY,
        "worker.weight",
        weight,
        "a finite number of 0 or more");
    Require.within("worker.lease-ttl", leaseTtl, Duration.ofSeconds(2), Duration.ofHours(1));
    Require.that(leaseTtl.toNanosPart() == 0, "worker.lease-ttl", leaseTtl, "whole seconds");
    Require.within("worker.drain-delay", drainDelay, Duration.ZERO, Duration.ofMinutes(5));
    Require.within("worker.shutdown-grace", shutdownGrace, Duration.ZERO, Duration.ofHours(1));
    Require.within("worker.warm-up", warmUp, Duration.ZERO, Duration.ofMinutes(1));
  }

  /** The set capacity, or one request for each processor. */
  public int requestsAtOnce() {
    return capacity != null ? capacity : Runtime.getRuntime().availableProcessors();
  }

  /**
   * The set id, or one made of the host's name and the port.
   *
   * @param port the server's; if it is 0, the process's number tells workers of one host apart
   */
  public WorkerIdentity identityAt(int port) {
    return new WorkerIdentity(
        service, id != null ? id : HostName.withPort("worker", distinct(port)));
  }

  /** The name that this worker's certificate is for, if it is not its host's. */
  public Optional<String> namedAs() {
    return Optional.ofNullable(authority);
  }

  private static int distinct(int port) {
    return port == 0 ? (int) ProcessHandle.current().pid() : port;
  }

  /** The set address, if any, with the real port unless it names another. */
  public Optional<Address> advertisedAt(int realPort) {
    return Optional.ofNullable(advertisedAddress).map(text -> Address.parse(text, realPort));
  }
}
