package dev.lookaside.client.task;

import dev.lookaside.core.endpoint.Address;
import io.grpc.ChannelCredentials;
import io.grpc.ClientInterceptor;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.ChannelOption;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Opens connections that notice a peer which is gone without a word. */
final class Channels {
  private static final int CONNECT_TIMEOUT_MILLIS = 2_000;
  // Our servers permit a ping every 10 s; others close the connection of whom pings too often.
  private static final int KEEP_ALIVE_SECONDS = 15;
  private static final int KEEP_ALIVE_TIMEOUT_SECONDS = 5;

  private final ChannelCredentials credentials;
  private final List<ClientInterceptor> interceptors;

  Channels(ChannelCredentials credentials) {
    this(credentials, List.of());
  }

  /**
   * @param interceptors of every call
   */
  Channels(ChannelCredentials credentials, List<ClientInterceptor> interceptors) {
    this.credentials = credentials;
    this.interceptors = interceptors;
  }

  /** A channel that connects at the first call. Its callbacks run on the transport's thread. */
  ManagedChannel open(Address address) {
    return NettyChannelBuilder.forAddress(address.host(), address.port(), credentials)
        .directExecutor()
        .intercept(interceptors)
        .withOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS)
        .keepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
        .keepAliveTimeout(KEEP_ALIVE_TIMEOUT_SECONDS, TimeUnit.SECONDS)
        .build();
  }
}
