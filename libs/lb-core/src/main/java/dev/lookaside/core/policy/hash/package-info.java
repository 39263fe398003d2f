/**
 * Affinity: requests of one key go to one endpoint. Start at {@link
 * dev.lookaside.core.policy.hash.ConsistentHash}.
 */
@NullMarked
package dev.lookaside.core.policy.hash;

import org.jspecify.annotations.NullMarked;
