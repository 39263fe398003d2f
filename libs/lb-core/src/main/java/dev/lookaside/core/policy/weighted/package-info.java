/**
 * Rotation by weight, as in gRFC A58. Start at {@link
 * dev.lookaside.core.policy.weighted.WeightedRoundRobin}.
 */
@NullMarked
package dev.lookaside.core.policy.weighted;

import org.jspecify.annotations.NullMarked;
