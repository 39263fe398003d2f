/**
 * How the worker makes itself known and takes its leave. Start at {@link
 * dev.lookaside.worker.starter.registration.WorkerRegistration}.
 */
@NullMarked
package dev.lookaside.worker.starter.registration;

import org.jspecify.annotations.NullMarked;
