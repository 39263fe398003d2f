package dev.lookaside.app.debug;

import dev.lookaside.limits.ReadableMessages;
import io.grpc.BindableService;
import io.grpc.ServerBuilder;
import io.grpc.protobuf.services.ProtoReflectionService;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;

/** Adds the services that are wanted to a server that is built. */
public final class DebugServices implements AutoCloseable {
  private final DebugProperties wanted;
  private final OwnThreadChannelz channelz = new OwnThreadChannelz();

  public DebugServices(DebugProperties wanted) {
    this.wanted = wanted;
  }

  /** Whoever asks passes what guards the other services of this server. */
  public void addTo(ServerBuilder<?> server) {
    if (wanted.reflection()) {
      server.addService(ReadableMessages.of(ProtoReflectionServiceV1.newInstance().bindService()));
      server.addService(ReadableMessages.of(v1alpha().bindService()));
    }
    if (wanted.channelz()) {
      server.addService(ReadableMessages.of(channelz.bindService()));
    }
  }

  /** Older tools know no other. */
  @SuppressWarnings("deprecation")
  private static BindableService v1alpha() {
    return ProtoReflectionService.newInstance();
  }

  @Override
  public void close() {
    channelz.close();
  }
}
