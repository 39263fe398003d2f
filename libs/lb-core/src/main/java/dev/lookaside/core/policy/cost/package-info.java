/**
 * By what endpoints are compared, apart from how one is chosen. Start at {@link
 * dev.lookaside.core.policy.cost.Cost}.
 */
@NullMarked
package dev.lookaside.core.policy.cost;

import org.jspecify.annotations.NullMarked;
