package dev.lookaside.client.task;

import dev.lookaside.core.endpoint.Address;
import dev.lookaside.v1.AdminGrpc;
import dev.lookaside.v1.AdminGrpc.AdminBlockingStub;
import io.grpc.ChannelCredentials;
import io.grpc.ManagedChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Asks one balancer what operators ask. */
public final class AdminClient implements AutoCloseable {
  /** A list of a hundred thousand endpoints. */
  private static final int LARGEST_ANSWER = 64 << 20;

  private final ManagedChannel channel;
  private final Duration timeout;

  public AdminClient(Address balancer, ChannelCredentials credentials, Duration timeout) {
    this.channel = new Channels(credentials).open(balancer);
    this.timeout = timeout;
  }

  /** For one call, which throws {@link io.grpc.StatusRuntimeException} if it is not answered. */
  public AdminBlockingStub stub() {
    return stub(timeout);
  }

  /** For one call that may take so long. */
  public AdminBlockingStub stub(Duration within) {
    return AdminGrpc.newBlockingStub(channel)
        .withMaxInboundMessageSize(LARGEST_ANSWER)
        .withDeadlineAfter(within.toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
