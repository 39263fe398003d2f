package dev.lookaside.client.grpc.balancing;

import io.grpc.Attributes;
import io.grpc.ConnectivityState;
import io.grpc.ConnectivityStateInfo;
import io.grpc.EquivalentAddressGroup;
import io.grpc.LoadBalancer.CreateSubchannelArgs;
import io.grpc.LoadBalancer.Subchannel;
import io.grpc.LoadBalancer.SubchannelStateListener;
import io.grpc.Status;
import io.grpc.SynchronizationContext;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A subchannel whose state the test says. */
final class FakeSubchannel extends Subchannel {
  private final CreateSubchannelArgs args;
  private final SynchronizationContext context;
  private @Nullable SubchannelStateListener listener;
  int connectionRequests;
  boolean isShutdown;

  FakeSubchannel(CreateSubchannelArgs args, SynchronizationContext context) {
    this.args = args;
    this.context = context;
  }

  int port() {
    return ((InetSocketAddress) addresses().getAddresses().get(0)).getPort();
  }

  EquivalentAddressGroup addresses() {
    return args.getAddresses().get(0);
  }

  void become(ConnectivityState state) {
    tell(
        state == ConnectivityState.TRANSIENT_FAILURE
            ? ConnectivityStateInfo.forTransientFailure(
                Status.UNAVAILABLE.withDescription("refused"))
            : ConnectivityStateInfo.forNonError(state));
  }

  private void tell(ConnectivityStateInfo state) {
    context.execute(() -> {
      if (listener != null) {
        listener.onSubchannelState(state);
      }
    });
  }

  @Override
  public void start(SubchannelStateListener newListener) {
    listener = newListener;
  }

  @Override
  public void requestConnection() {
    connectionRequests++;
  }

  @Override
  public void shutdown() {
    isShutdown = true;
  }

  @Override
  public List<EquivalentAddressGroup> getAllAddresses() {
    return args.getAddresses();
  }

  @Override
  public Attributes getAttributes() {
    return args.getAttributes();
  }

  @Override
  public String toString() {
    return "subchannel to " + addresses();
  }
}
