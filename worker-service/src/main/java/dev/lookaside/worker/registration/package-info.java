/**
 * How the worker makes itself known and takes its leave. Start at {@link
 * dev.lookaside.worker.registration.WorkerRegistration}.
 */
@NullMarked
package dev.lookaside.worker.registration;

import org.jspecify.annotations.NullMarked;
