package dev.lookaside.client.task;

import dev.lookaside.core.endpoint.Address;
import dev.lookaside.v1.AccessGrpc;
import dev.lookaside.v1.AccessGrpc.AccessBlockingStub;
import dev.lookaside.v1.CanIRequest;
import dev.lookaside.v1.CanIResponse;
import dev.lookaside.v1.WhoAmIRequest;
import dev.lookaside.v1.WhoAmIResponse;
import io.grpc.ManagedChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Asks one balancer who we are to it, and what we may. */
public final class AccessClient implements AutoCloseable {
  private final ManagedChannel channel;
  private final Duration timeout;

  public AccessClient(Address balancer, ClientSettings settings) {
    this.channel = new Channels(settings.credentials()).open(balancer);
    this.timeout = settings.pickTimeout();
  }

  /** Throws {@link io.grpc.StatusRuntimeException} if it does not say. */
  public WhoAmIResponse whoAmI() {
    return stub().whoAmI(WhoAmIRequest.getDefaultInstance());
  }

  /** Throws {@link io.grpc.StatusRuntimeException} if it does not say. */
  public CanIResponse canI(String method, String service) {
    return stub().canI(CanIRequest.newBuilder().setMethod(method).setService(service).build());
  }

  private AccessBlockingStub stub() {
    return AccessGrpc.newBlockingStub(channel)
        .withDeadlineAfter(timeout.toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
