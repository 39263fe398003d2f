package dev.lookaside.benchmarks.client;

import dev.lookaside.core.concurrent.DaemonThreads;
import io.grpc.Attributes;
import io.grpc.ChannelLogger;
import io.grpc.ConnectivityState;
import io.grpc.ConnectivityStateInfo;
import io.grpc.EquivalentAddressGroup;
import io.grpc.LoadBalancer;
import io.grpc.LoadBalancer.CreateSubchannelArgs;
import io.grpc.LoadBalancer.Subchannel;
import io.grpc.LoadBalancer.SubchannelPicker;
import io.grpc.LoadBalancer.SubchannelStateListener;
import io.grpc.ManagedChannel;
import io.grpc.MetricRecorder;
import io.grpc.NameResolver;
import io.grpc.SynchronizationContext;
import java.net.URI;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A channel without a network. */
final class ReadyChannel extends LoadBalancer.Helper implements AutoCloseable {

  /** When subchannels are ready. */
  enum Connecting {
    /** As soon as they are wanted. */
    AT_ONCE,
    /** When {@link ReadyChannel#connectAll} says so, one after the other. */
    WHEN_TOLD
  }

  private final Connecting connecting;
  private final Queue<ReadySubchannel> waiting = new ConcurrentLinkedQueue<>();
  private final SynchronizationContext context =
      new SynchronizationContext((thread, error) -> error.printStackTrace());
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(new DaemonThreads("ready-channel"));
  private volatile @Nullable SubchannelPicker picker;
  private volatile @Nullable ConnectivityState state;
  private final AtomicInteger updates = new AtomicInteger();

  ReadyChannel(Connecting connecting) {
    this.connecting = connecting;
  }

  /**
   * Says of each subchannel that it is ready, as connections come up one by one, and returns when
   * there is a picker that knows of the last.
   */
  void connectAll() {
    int before = updates.get();
    for (var next = waiting.poll(); next != null; next = waiting.poll()) {
      before = updates.get();
      next.become(ConnectivityState.READY);
    }
    while (updates.get() == before) {
      Thread.onSpinWait();
    }
  }

  /** How many pickers it was handed. */
  int updates() {
    return updates.get();
  }

  /** The picker that the load balancer has handed over. */
  SubchannelPicker picker() {
    if (picker == null || state != ConnectivityState.READY) {
      throw new IllegalStateException("channel is " + state + " (expected: READY)");
    }
    return picker;
  }

  @Override
  public Subchannel createSubchannel(CreateSubchannelArgs args) {
    return new ReadySubchannel(args);
  }

  @Override
  public void updateBalancingState(ConnectivityState newState, SubchannelPicker newPicker) {
    updates.incrementAndGet();
    state = newState;
    picker = newPicker;
  }

  @Override
  public SynchronizationContext getSynchronizationContext() {
    return context;
  }

  @Override
  public ScheduledExecutorService getScheduledExecutorService() {
    return timer;
  }

  @Override
  public String getAuthority() {
    return "worker";
  }

  @Override
  public String getChannelTarget() {
    return "none:///worker";
  }

  @Override
  public MetricRecorder getMetricRecorder() {
    return new MetricRecorder() {};
  }

  @Override
  public ChannelLogger getChannelLogger() {
    return new Silent();
  }

  @Override
  public NameResolver.Args getNameResolverArgs() {
    return NameResolver.Args.newBuilder()
        .setDefaultPort(1)
        .setProxyDetector(address -> null)
        .setSynchronizationContext(context)
        .setScheduledExecutorService(timer)
        .setServiceConfigParser(
            new NameResolver.ServiceConfigParser() {
              @Override
              public NameResolver.ConfigOrError parseServiceConfig(java.util.Map<String, ?> json) {
                throw new UnsupportedOperationException("service config of " + URI.create("none:"));
              }
            })
        .setChannelLogger(new Silent())
        .build();
  }

  @Override
  public ManagedChannel createOobChannel(EquivalentAddressGroup address, String authority) {
    throw new UnsupportedOperationException("a channel to " + address);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  private static final class Silent extends ChannelLogger {
    @Override
    public void log(ChannelLogLevel level, String message) {}

    @Override
    public void log(ChannelLogLevel level, String format, Object... args) {}
  }

  private final class ReadySubchannel extends Subchannel {
    private final CreateSubchannelArgs args;
    private @Nullable SubchannelStateListener listener;

    ReadySubchannel(CreateSubchannelArgs args) {
      this.args = args;
    }

    @Override
    public void start(SubchannelStateListener newListener) {
      listener = newListener;
    }

    @Override
    public void requestConnection() {
      become(ConnectivityState.CONNECTING);
      switch (connecting) {
        case AT_ONCE -> become(ConnectivityState.READY);
        case WHEN_TOLD -> waiting.add(this);
      }
    }

    private void become(ConnectivityState state) {
      context.execute(() -> {
        if (listener != null) {
          listener.onSubchannelState(ConnectivityStateInfo.forNonError(state));
        }
      });
    }

    @Override
    public void shutdown() {}

    @Override
    public List<EquivalentAddressGroup> getAllAddresses() {
      return args.getAddresses();
    }

    @Override
    public Attributes getAttributes() {
      return args.getAttributes();
    }

    @Override
    public Attributes getConnectedAddressAttributes() {
      return Attributes.EMPTY;
    }

    @Override
    public ChannelLogger getChannelLogger() {
      return new Silent();
    }
  }
}
