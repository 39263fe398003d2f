/**
 * The worker's load: counted where calls pass, sampled in one place, read by every stream. Start at
 * {@link dev.lookaside.worker.starter.load.LoadMeter}.
 */
@NullMarked
package dev.lookaside.worker.starter.load;

import org.jspecify.annotations.NullMarked;
