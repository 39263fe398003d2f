/**
 * Which part of xDS carries a balancer's weights best to clients of gRPC's own. Start at {@link
 * dev.lookaside.benchmarks.xds.Carriers}.
 */
@NullMarked
package dev.lookaside.benchmarks.xds;

import org.jspecify.annotations.NullMarked;
