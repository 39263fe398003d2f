package dev.lookaside.client.grpc.spring;

import dev.lookaside.client.grpc.ClientSettings;
import dev.lookaside.client.grpc.LookasideNameResolverProvider;
import io.grpc.NameResolverRegistry;

/**
 * Makes an application's settings those of every {@code lookaside:///} target in the process, such
 * as of channels that another library opens, as long as the application runs.
 */
final class ProcessDefaults implements AutoCloseable {
  private final LookasideNameResolverProvider provider;

  ProcessDefaults(ClientSettings settings) {
    provider = new LookasideNameResolverProvider(settings);
  }

  void install() {
    NameResolverRegistry.getDefaultRegistry().register(provider);
  }

  @Override
  public void close() {
    NameResolverRegistry.getDefaultRegistry().deregister(provider);
  }
}
