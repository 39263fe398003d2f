/**
 * What the client library costs: its picks beside gRPC's own, and calls through it beside calls
 * without any balancer. Start at {@link dev.lookaside.benchmarks.client.ClientPickBenchmark}.
 */
@NullMarked
package dev.lookaside.benchmarks.client;

import org.jspecify.annotations.NullMarked;
