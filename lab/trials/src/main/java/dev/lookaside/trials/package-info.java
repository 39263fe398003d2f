/** Trials of the applications as real processes. Start at {@link dev.lookaside.trials.Trials}. */
@NullMarked
package dev.lookaside.trials;

import org.jspecify.annotations.NullMarked;
