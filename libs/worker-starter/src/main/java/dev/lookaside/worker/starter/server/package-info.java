/**
 * The two gRPC servers of Spring Boot that a worker may run on, net.devh's and Spring Boot's own:
 * the only place that knows either. Start at {@link
 * dev.lookaside.worker.starter.server.ServerDefaults}.
 */
@NullMarked
package dev.lookaside.worker.starter.server;

import org.jspecify.annotations.NullMarked;
