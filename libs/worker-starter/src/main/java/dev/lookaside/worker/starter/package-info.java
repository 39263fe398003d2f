/**
 * Makes a gRPC service on Spring Boot a worker: it registers itself, reports its load and drains.
 * Start at {@link dev.lookaside.worker.starter.WorkerAutoConfiguration}.
 */
@NullMarked
package dev.lookaside.worker.starter;

import org.jspecify.annotations.NullMarked;
