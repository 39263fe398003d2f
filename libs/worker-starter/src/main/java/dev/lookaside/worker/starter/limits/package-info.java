/**
 * Bounds what the worker's server keeps of its peers, whichever starter makes the server. Start at
 * {@link dev.lookaside.worker.starter.limits.LimitsAutoConfiguration}.
 */
@NullMarked
package dev.lookaside.worker.starter.limits;

import org.jspecify.annotations.NullMarked;
