package dev.lookaside.etcd.embedded;

import dev.lookaside.etcd.embedded.rpc.ClusterService;
import dev.lookaside.etcd.embedded.rpc.KvService;
import dev.lookaside.etcd.embedded.rpc.LeaseListing;
import dev.lookaside.etcd.embedded.rpc.LeaseService;
import dev.lookaside.etcd.embedded.rpc.MaintenanceService;
import dev.lookaside.etcd.embedded.rpc.Unsupported;
import dev.lookaside.etcd.embedded.rpc.WatchService;
import dev.lookaside.etcd.embedded.store.Leases;
import dev.lookaside.etcd.embedded.store.Store;
import dev.lookaside.etcd.embedded.watch.WatchHub;
import dev.lookaside.etcd.embedded.wire.Identity;
import dev.lookaside.limits.LimitLog;
import dev.lookaside.limits.PeerGuard;
import dev.lookaside.limits.PeerLimits;
import dev.lookaside.limits.ReadableMessages;
import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The parts of a running server, wired. */
final class Serving implements AutoCloseable {
  private static final Duration EXPIRY_INTERVAL = Duration.ofMillis(100);
  private static final Duration SHUTDOWN_PATIENCE = Duration.ofSeconds(5);
  private static final int MAX_MESSAGE_BYTES = 2 << 20;
  private static final int MAX_METADATA_BYTES = 8 << 10;

  private static final Duration MIN_KEEP_ALIVE = Duration.ofSeconds(5);
  private static final String LOOPBACK = "127.0.0.1";

  private final Server server;
  private final Threads threads;
  private final URI clientUri;

  private Serving(Server server, Threads threads, URI clientUri) {
    this.server = server;
    this.threads = threads;
    this.clientUri = clientUri;
  }

  static Serving start(EmbeddedEtcd.Builder settings) throws IOException {
    Threads threads = new Threads();
    Identity identity = Identity.random(settings.random);
    Store store = new Store(settings.limits);
    Leases leases = new Leases(store, settings.ticker, settings.random);
    WatchHub hub = new WatchHub(store, identity, threads.watch());
    store.onCommit(hub::signal);
    CompletableFuture<URI> uri = new CompletableFuture<>(); // the port is known when it listens
    NettyServerBuilder builder = builder(settings.listen);
    // The process has more to do than this.
    PeerLimits limits = PeerLimits.forHeap(Runtime.getRuntime().maxMemory() / 2);
    new PeerGuard(limits, settings.ticker, new LimitLog(settings.ticker))
        .applyTo(builder, threads.loops());
    Server server =
        builder
            .executor(threads.rpc())
            .addService(readable(new KvService(store, identity)))
            .addService(
                ReadableMessages.of(
                    LeaseListing.addedTo(
                        new LeaseService(store, leases, identity), store, leases, identity)))
            .addService(readable(new WatchService(hub)))
            .addService(
                ReadableMessages.of(
                    Unsupported.only(new MaintenanceService(store, identity), Set.of("Status"))))
            .addService(
                ReadableMessages.of(
                    Unsupported.only(
                        new ClusterService(store, identity, uri::join), Set.of("MemberList"))))
            .fallbackHandlerRegistry(new Unsupported())
            .build();
    try {
      server.start();
    } catch (IOException e) {
      threads.close();
      throw e;
    }
    uri.complete(uri(settings.listen.getAddress(), server.getPort()));
    threads.every(EXPIRY_INTERVAL, leases::expire);
    threads.every(settings.progressInterval, hub::notifyProgress);
    return new Serving(server, threads, uri.join());
  }

  private static ServerServiceDefinition readable(BindableService service) {
    return ReadableMessages.of(service.bindService());
  }

  private static NettyServerBuilder builder(InetSocketAddress listen) {
    return NettyServerBuilder.forAddress(listen)
        .maxInboundMessageSize(MAX_MESSAGE_BYTES)
        .maxInboundMetadataSize(MAX_METADATA_BYTES)
        .permitKeepAliveTime(MIN_KEEP_ALIVE.toSeconds(), TimeUnit.SECONDS)
        .permitKeepAliveWithoutCalls(true);
  }

  private static URI uri(InetAddress bound, int port) {
    String host = bound.isAnyLocalAddress() ? LOOPBACK : bound.getHostAddress();
    return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port);
  }

  URI clientUri() {
    return clientUri;
  }

  @Override
  public void close() {
    server.shutdownNow();
    try {
      server.awaitTermination(SHUTDOWN_PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    threads.close();
  }
}
