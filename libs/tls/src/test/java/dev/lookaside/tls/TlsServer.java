package dev.lookaside.tls;

import dev.lookaside.core.time.Ticker;
import io.grpc.ChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsServerCredentials;
import io.grpc.TlsServerCredentials.ClientAuth;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A gRPC server on loopback that asks for certificates. */
final class TlsServer implements AutoCloseable {
  final LiveTls tls;
  final List<String> log = new CopyOnWriteArrayList<>();
  private final Server server;

  TlsServer(PemFiles files) {
    tls = new LiveTls(files.load());
    RefusedPeers refused = new RefusedPeers(Ticker.system(), log::add);
    try {
      server =
          NettyServerBuilder.forAddress(
                  new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                  TlsServerCredentials.newBuilder()
                      .keyManager(tls.keys())
                      .trustManager(tls.clients(refused))
                      .clientAuth(ClientAuth.REQUIRE)
                      .build())
              .addService(new HealthStatusManager().getHealthService())
              .build()
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** OK, or what TLS has against it. */
  String call(String host, ChannelCredentials credentials) {
    ManagedChannel channel = channel(host, credentials);
    try {
      return call(channel);
    } finally {
      channel.shutdownNow();
    }
  }

  ManagedChannel channel(String host, ChannelCredentials credentials) {
    return NettyChannelBuilder.forAddress(host, server.getPort(), credentials).build();
  }

  static String call(ManagedChannel channel) {
    try {
      var unused =
          HealthGrpc.newBlockingStub(channel)
              .withDeadlineAfter(20, TimeUnit.SECONDS)
              .check(HealthCheckRequest.getDefaultInstance());
      return "OK";
    } catch (StatusRuntimeException e) {
      Status status = e.getStatus();
      return TlsTrouble.of(status.getCause()).orElse(status.toString());
    }
  }

  @Override
  public void close() {
    server.shutdownNow();
  }
}
