/**
 * How evenly equal workers are loaded, on real processes. Start at {@link
 * dev.lookaside.trials.fairness.Fairness}.
 */
@NullMarked
package dev.lookaside.trials.fairness;

import org.jspecify.annotations.NullMarked;
