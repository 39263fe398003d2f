/**
 * Which endpoints may be picked, and by which policy, for every service. Start at {@link Balancer}.
 */
@NullMarked
package dev.lookaside.core.balancer;

import org.jspecify.annotations.NullMarked;
