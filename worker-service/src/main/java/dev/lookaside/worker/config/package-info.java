/**
 * What an operator may set, checked when it is read. Start at {@link
 * dev.lookaside.worker.config.WorkerSettings}.
 */
@NullMarked
package dev.lookaside.worker.config;

import org.jspecify.annotations.NullMarked;
