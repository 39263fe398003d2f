/**
 * A worker's calls to itself before anybody else's. Start at {@link
 * dev.lookaside.worker.starter.warmup.WarmUp}.
 */
@NullMarked
package dev.lookaside.worker.starter.warmup;

import org.jspecify.annotations.NullMarked;
