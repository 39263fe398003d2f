package dev.lookaside.client.grpc.spring;

import io.grpc.ClientInterceptor;
import java.util.List;

/** What every channel of the application is made with, in the order in which gRPC takes them. */
record ChannelInterceptors(List<ClientInterceptor> all) {
  static final ChannelInterceptors NONE = new ChannelInterceptors(List.of());
}
