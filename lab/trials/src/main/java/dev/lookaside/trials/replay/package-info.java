/**
 * Whether a replay of what was recorded comes to what was measured. Start at {@link
 * dev.lookaside.trials.replay.Replay}.
 */
@NullMarked
package dev.lookaside.trials.replay;

import org.jspecify.annotations.NullMarked;
