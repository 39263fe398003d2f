package dev.lookaside.client.grpc.balancing;

import dev.lookaside.client.grpc.outcome.Tallies;
import dev.lookaside.client.grpc.subscription.ServiceView;
import dev.lookaside.core.load.LoadTracker;
import io.grpc.Attributes;
import java.util.Optional;

/**
 * What the name resolver of a channel hands to its load balancer, along with every new view.
 *
 * @param loads written by both: reports by the one, calls by the other
 * @param tallies empty if outcomes are not reported
 */
public record ChannelState(ServiceView view, LoadTracker loads, Optional<Tallies> tallies) {

  public static final Attributes.Key<ChannelState> KEY =
      Attributes.Key.create("dev.lookaside.client.grpc.state");
}
