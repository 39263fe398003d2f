package dev.lookaside.worker.starter.registration;

import dev.lookaside.core.concurrent.DaemonThreads;
import dev.lookaside.core.endpoint.Address;
import dev.lookaside.core.endpoint.Locality;
import dev.lookaside.registry.EtcdSettings;
import dev.lookaside.registry.RouteToEtcd;
import dev.lookaside.registry.registrar.Registrar;
import dev.lookaside.registry.registrar.RegistrarListener;
import dev.lookaside.registry.registrar.RegistrarSettings;
import dev.lookaside.registry.registrar.RegistrarStatus;
import dev.lookaside.registry.registrar.RegistrarStatus.Phase;
import dev.lookaside.registry.registrar.Registration;
import dev.lookaside.registry.signature.RegistrationSigner;
import dev.lookaside.worker.starter.config.WorkerIdentity;
import dev.lookaside.worker.starter.config.WorkerProperties;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This worker's entry in etcd, from the start of its server to the end of its drain. Nothing here
 * waits for etcd: while it is away the worker serves, and keeps trying.
 */
public final class WorkerRegistration implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(WorkerRegistration.class);
  private static final long RETRY_MILLIS = 1_000;
  private static final RegistrarStatus NOT_STARTED =
      new RegistrarStatus(Phase.NEW, "", 0, 0, OptionalLong.empty());

  private final EtcdSettings etcd;
  private final WorkerProperties worker;
  private final WorkerIdentity identity;
  private final String version;
  private final RegistrationSigner signer;
  private final RegistrarListener listener;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(new DaemonThreads("worker-registration"));
  private volatile @Nullable Registrar registrar;
  private boolean closed;

  public WorkerRegistration(
      EtcdSettings etcd,
      WorkerProperties worker,
      WorkerIdentity identity,
      String version,
      RegistrationSigner signer,
      RegistrarListener listener) {
    this.etcd = etcd;
    this.worker = worker;
    this.identity = identity;
    this.version = version;
    this.signer = signer;
    this.listener = listener;
  }

  /**
   * Registers in the background.
   *
   * @param before done first; may block
   */
  public void start(int port, Optional<MetricsServer> metrics, Runnable before) {
    thread.execute(() -> {
      before.run();
      register(port, metrics);
    });
  }

  private void register(int port, Optional<MetricsServer> metrics) {
    try {
      Optional<Address> address = address(port);
      if (address.isPresent()) {
        register(registration(address.get(), metrics));
        return;
      }
      log.warn("no route to any of {}, trying again", etcd.endpoints());
    } catch (IllegalArgumentException e) {
      log.error("cannot register, trying again: {}", e.getMessage());
    }
    retry(port, metrics);
  }

  private synchronized void retry(int port, Optional<MetricsServer> metrics) {
    if (!closed) {
      var unused =
          thread.schedule(() -> register(port, metrics), RETRY_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private Optional<Address> address(int port) {
    return worker
        .advertisedAt(port)
        .or(() -> RouteToEtcd.localHost(etcd.endpoints()).map(host -> new Address(host, port)));
  }

  /** A worker that has left meanwhile must not come back as a registration without a server. */
  private synchronized void register(Registration registration) {
    if (closed) {
      return;
    }
    var started =
        new Registrar(
            etcd,
            RegistrarSettings.withLeaseTtl(worker.leaseTtl()),
            registration,
            signer,
            listener);
    registrar = started;
    started.start();
  }

  private Registration registration(Address address, Optional<MetricsServer> metrics) {
    Map<String, String> attributes = new HashMap<>();
    attributes.put("version", version);
    metrics.ifPresent(server -> {
      attributes.put("metricsAddress", new Address(address.host(), server.port()).toString());
      attributes.put("metricsScheme", server.scheme());
    });
    worker.namedAs().ifPresent(name -> attributes.put("authority", name));
    return new Registration(
        identity.service(),
        identity.id(),
        address,
        new Locality(worker.region(), worker.zone(), worker.subZone()),
        worker.weight(),
        worker.requestsAtOnce(),
        UUID.randomUUID().toString(),
        attributes);
  }

  /** Says in etcd that this worker takes its leave; done when etcd has it. */
  public CompletableFuture<Void> drain() {
    Registrar current = registrar;
    return current == null ? CompletableFuture.completedFuture(null) : current.drain();
  }

  public RegistrarStatus status() {
    Registrar current = registrar;
    return current == null ? NOT_STARTED : current.status();
  }

  /** Removes the entry, waiting for at most a second. */
  @Override
  public void close() {
    Registrar current;
    synchronized (this) {
      closed = true;
      thread.shutdownNow();
      current = registrar;
    }
    if (current != null) {
      current.close();
    }
  }
}
