/**
 * lb-core's own pickers on the subchannels of one channel. Start at {@link LookasideLoadBalancer}.
 */
@NullMarked
package dev.lookaside.client.grpc.balancing;

import org.jspecify.annotations.NullMarked;
