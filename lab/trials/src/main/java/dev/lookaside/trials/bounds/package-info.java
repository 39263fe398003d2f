/**
 * What a greedy, slow or broken peer does to a process and to its other peers. Start at {@link
 * dev.lookaside.trials.bounds.Bounds}.
 */
@NullMarked
package dev.lookaside.trials.bounds;

import org.jspecify.annotations.NullMarked;
