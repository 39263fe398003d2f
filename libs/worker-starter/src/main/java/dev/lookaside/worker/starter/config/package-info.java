/**
 * What an operator may set, checked when it is read. Start at {@link
 * dev.lookaside.worker.starter.config.WorkerProperties}.
 */
@NullMarked
package dev.lookaside.worker.starter.config;

import org.jspecify.annotations.NullMarked;
