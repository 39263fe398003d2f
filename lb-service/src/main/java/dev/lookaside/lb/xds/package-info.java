/**
 * Serves xDS, by which gRPC clients in any language obey this balancer without a library of ours.
 * Start at {@link dev.lookaside.lb.xds.XdsResources} for what they are told, and at {@link
 * dev.lookaside.lb.xds.Discovery} for when.
 */
@NullMarked
package dev.lookaside.lb.xds;

import org.jspecify.annotations.NullMarked;
