/**
 * Prequal: a choice from a pool of answers to probes. Start at {@link
 * dev.lookaside.core.policy.prequal.Prequal}.
 */
@NullMarked
package dev.lookaside.core.policy.prequal;

import org.jspecify.annotations.NullMarked;
