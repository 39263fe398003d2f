package dev.lookaside.client.grpc.spring;

import dev.lookaside.client.grpc.ClientSettings;
import dev.lookaside.client.grpc.Lookaside;
import io.grpc.ChannelCredentials;
import io.grpc.ClientInterceptor;
import io.grpc.ManagedChannel;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/** One channel for each service that the application calls; all are closed with it. */
public final class LookasideChannels implements AutoCloseable {
  private final ClientSettings settings;
  private final Function<String, ChannelCredentials> credentials;
  private final List<ClientInterceptor> interceptors;
  private final ConcurrentMap<String, ManagedChannel> channels = new ConcurrentHashMap<>();

  /**
   * @param credentials for the connections to the endpoints of any service
   */
  public LookasideChannels(ClientSettings settings, ChannelCredentials credentials) {
    this(settings, service -> credentials);
  }

  /**
   * @param credentials for the connections to the endpoints of a service, given its name
   */
  public LookasideChannels(
      ClientSettings settings, Function<String, ChannelCredentials> credentials) {
    this(settings, credentials, List.of());
  }

  /**
   * @param interceptors of every channel; the last one is asked first
   */
  LookasideChannels(
      ClientSettings settings,
      Function<String, ChannelCredentials> credentials,
      List<ClientInterceptor> interceptors) {
    this.settings = settings;
    this.credentials = credentials;
    this.interceptors = interceptors;
  }

  /** The channel to this service; it connects at the first call. */
  public ManagedChannel to(String service) {
    return channels.computeIfAbsent(
        service,
        name ->
            Lookaside.newChannelBuilder(name, settings, credentials.apply(name))
                .intercept(interceptors)
                .build());
  }

  @Override
  public void close() {
    channels.values().forEach(ManagedChannel::shutdownNow);
  }
}
