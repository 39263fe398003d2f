package dev.lookaside.client.grpc;

import dev.lookaside.client.grpc.outcome.Tallies;
import dev.lookaside.client.grpc.subscription.Subscription;
import dev.lookaside.core.load.LoadTracker;

/**
 * What the channels of one target have in common.
 *
 * @param loads of all their calls, and what balancers say of loads
 * @param tallies of all their calls
 */
record Share(Subscription subscription, LoadTracker loads, Tallies tallies) {}
