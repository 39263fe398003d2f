package dev.lookaside.client.grpc;

import dev.lookaside.client.grpc.outcome.Tallies;
import dev.lookaside.client.grpc.subscription.BalancerLink;
import dev.lookaside.client.grpc.subscription.Clockwork;
import dev.lookaside.client.grpc.subscription.GrpcBalancerLink;
import dev.lookaside.client.grpc.subscription.Subscription;
import dev.lookaside.client.grpc.subscription.SubscriptionSettings;
import dev.lookaside.core.endpoint.Address;
import dev.lookaside.core.load.LoadTracker;
import dev.lookaside.wire.dial.EndpointNames;
import io.grpc.ChannelCredentials;
import io.grpc.Grpc;

/** Makes subscriptions that connect to real balancers. */
final class ShareFactory {
  private static final int MOST_INBOUND_BYTES = 64 << 20;

  private final Clockwork clockwork;
  private final SharedSnapshots snapshots = new SharedSnapshots();

  ShareFactory(Clockwork clockwork) {
    this.clockwork = clockwork;
  }

  Share make(String service, ClientSettings settings) {
    LoadTracker loads = new LoadTracker(LoadMemory.of(settings), clockwork.ticker());
    Tallies tallies = new Tallies();
    Subscription subscription =
        new Subscription(
            new SubscriptionSettings(
                service,
                settings.clientId(),
                settings.balancers(),
                settings.loadInterval(),
                settings.statsInterval(),
                settings.subsetSize(),
                settings.locality()),
            address -> dial(address, settings.balancerCredentials()),
            snapshots.of(settings),
            loads,
            tallies,
            clockwork);
    return new Share(subscription, loads, tallies);
  }

  /**
   * Without HTTP/2 pings: the stream itself says whether the balancer lives. A balancer may name
   * others, but none where nobody can be.
   */
  private BalancerLink dial(Address address, ChannelCredentials credentials) {
    return new GrpcBalancerLink(
        address,
        Grpc.newChannelBuilder(EndpointNames.target(address), credentials)
            .maxInboundMessageSize(MOST_INBOUND_BYTES)
            .disableRetry()
            .build(),
        clockwork.timer(),
        clockwork.ticker());
  }
}
