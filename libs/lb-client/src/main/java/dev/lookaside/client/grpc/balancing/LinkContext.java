package dev.lookaside.client.grpc.balancing;

import dev.lookaside.client.grpc.outcome.EndpointTally;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.load.LiveLoad;
import dev.lookaside.core.time.Ticker;
import dev.lookaside.tls.UnbelievedServers;
import dev.lookaside.wire.Authority;
import dev.lookaside.wire.dial.AddressCheck;
import dev.lookaside.wire.dial.HostLookup;
import io.grpc.Attributes;
import io.grpc.EquivalentAddressGroup;
import io.grpc.LoadBalancer;
import io.grpc.LoadBalancer.Subchannel;
import io.grpc.Status;
import java.net.SocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import org.jspecify.annotations.Nullable;

/** What the links of one channel have in common. */
final class LinkContext {
  private static final System.Logger LOG = System.getLogger(LinkContext.class.getName());

  private final LoadBalancer.Helper helper;
  private final Trouble trouble;
  private final Ticker ticker;
  private final HostNames names;
  private final UnbelievedServers unbelieved;

  LinkContext(LoadBalancer.Helper helper, Trouble trouble, Ticker ticker) {
    this.helper = helper;
    this.trouble = trouble;
    this.ticker = ticker;
    this.unbelieved =
        new UnbelievedServers(ticker, line -> LOG.log(System.Logger.Level.WARNING, line));
    Executor offload = helper.getNameResolverArgs().getOffloadExecutor();
    this.names =
        new HostNames(
            Optional.ofNullable(offload).orElseGet(ForkJoinPool::commonPool),
            helper.getSynchronizationContext(),
            HostLookup.system(AddressCheck.standard()));
  }

  HostNames names() {
    return names;
  }

  /**
   * @param addresses all of one host, to be tried in this order
   */
  Subchannel newSubchannel(Endpoint endpoint, List<SocketAddress> addresses) {
    return helper.createSubchannel(
        LoadBalancer.CreateSubchannelArgs.newBuilder()
            .setAddresses(group(endpoint, addresses))
            .build());
  }

  /**
   * An endpoint that uses TLS proves to be the host that it is registered as, or the authority that
   * it registered.
   */
  static EquivalentAddressGroup group(Endpoint endpoint, List<SocketAddress> addresses) {
    String authority = Authority.of(endpoint).orElseGet(() -> endpoint.address().toString());
    return new EquivalentAddressGroup(
        addresses,
        Attributes.newBuilder()
            .set(EquivalentAddressGroup.ATTR_AUTHORITY_OVERRIDE, authority)
            .build());
  }

  /** An endpoint is not reached. */
  void failed(Endpoint endpoint, Status failure) {
    unbelieved.failed(
        "endpoint %s of %s at %s is not called"
            .formatted(endpoint.id(), endpoint.service(), endpoint.address()),
        failure);
  }

  EndpointCalls calls(Endpoint endpoint, LiveLoad load, @Nullable EndpointTally tally) {
    return new EndpointCalls(endpoint, load, tally, trouble, ticker);
  }
}
