/**
 * The worker's load, as ORCA wants it: sampled in one place, read by every stream. Start at {@link
 * dev.lookaside.worker.load.LoadMeter}.
 */
@NullMarked
package dev.lookaside.worker.load;

import org.jspecify.annotations.NullMarked;
