package dev.lookaside.lb.registry;

import dev.lookaside.core.endpoint.Address;
import dev.lookaside.core.endpoint.Locality;
import dev.lookaside.lb.rpc.ServiceNames;
import dev.lookaside.registry.EtcdSettings;
import dev.lookaside.registry.RouteToEtcd;
import dev.lookaside.registry.registrar.Registrar;
import dev.lookaside.registry.registrar.RegistrarListener;
import dev.lookaside.registry.registrar.RegistrarSettings;
import dev.lookaside.registry.registrar.Registration;
import dev.lookaside.registry.signature.RegistrationSigner;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.IntFunction;
import net.devh.boot.grpc.server.event.GrpcServerStartedEvent;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;

/**
 * This balancer's entry in etcd, from the start of its server on, so that clients that know one
 * balancer learn of all. Nothing waits for it: a balancer that cannot register serves all the same.
 */
public final class SelfRegistration implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SelfRegistration.class);
  private static final Executor SOON = CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS);

  private final EtcdSettings etcd;
  private final IntFunction<String> idAt;
  private final IntFunction<Optional<Address>> advertisedAt;
  private final RegistrationSigner signer;
  private final Balancers balancers;
  private final Function<Address, Map<String, String>> attributes;
  private @Nullable Registrar registrar;
  private boolean closed;
  private volatile String id = "";

  /**
   * @param idAt the id of a balancer on this port
   * @param attributes what else it says of itself, given its address
   * @param advertisedAt where clients reach it, if that was set; else the address that reaches etcd
   */
  public SelfRegistration(
      EtcdSettings etcd,
      IntFunction<String> idAt,
      IntFunction<Optional<Address>> advertisedAt,
      RegistrationSigner signer,
      Balancers balancers,
      Function<Address, Map<String, String>> attributes) {
    this.attributes = attributes;
    this.etcd = etcd;
    this.idAt = idAt;
    this.advertisedAt = advertisedAt;
    this.signer = signer;
    this.balancers = balancers;
  }

  @EventListener
  public void serving(GrpcServerStartedEvent event) {
    id = idAt.apply(event.getPort());
    register(event.getPort());
  }

  /** The id of this balancer; empty before its server has started. */
  public String id() {
    return id;
  }

  private void register(int port) {
    Optional<Address> address =
        advertisedAt
            .apply(port)
            .or(() -> RouteToEtcd.localHost(etcd.endpoints()).map(host -> new Address(host, port)));
    if (address.isPresent()) {
      register(idAt.apply(port), address.get());
    } else {
      SOON.execute(() -> register(port));
    }
  }

  private synchronized void register(String id, Address address) {
    if (closed) {
      return;
    }
    balancers.own(address);
    Registrar started =
        new Registrar(
            etcd,
            RegistrarSettings.defaults(),
            new Registration(
                ServiceNames.BALANCERS,
                id,
                address,
                Locality.UNSPECIFIED,
                1,
                1,
                UUID.randomUUID().toString(),
                attributes.apply(address)),
            signer,
            new Complaints());
    started.start();
    registrar = started;
  }

  /** Removes the entry, waiting for at most two seconds. Idempotent. */
  @Override
  public synchronized void close() {
    closed = true;
    if (registrar != null) {
      registrar.close();
    }
  }

  private static final class Complaints implements RegistrarListener {
    @Override
    public void conflict(String message) {
      log.error("lb.id: {}; clients do not learn of this balancer", message);
    }
  }
}
