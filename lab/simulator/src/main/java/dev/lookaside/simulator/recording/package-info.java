/**
 * What {@code lookaside-client record} wrote of a live service, and the scenario that replays it.
 * Start at {@link dev.lookaside.simulator.recording.Recording}.
 */
@NullMarked
package dev.lookaside.simulator.recording;

import org.jspecify.annotations.NullMarked;
