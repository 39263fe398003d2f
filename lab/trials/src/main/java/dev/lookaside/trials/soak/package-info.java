/**
 * Half an hour of restarts under load, and what has grown in it. Start at {@link
 * dev.lookaside.trials.soak.Soak}.
 */
@NullMarked
package dev.lookaside.trials.soak;

import org.jspecify.annotations.NullMarked;
