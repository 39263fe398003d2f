/**
 * What the balancer's weights are worth to clients that know nothing else: gRPC's own xDS client on
 * unequal workers. Start at {@link dev.lookaside.trials.weights.XdsWeights}.
 */
@NullMarked
package dev.lookaside.trials.weights;

import org.jspecify.annotations.NullMarked;
