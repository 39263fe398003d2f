/**
 * The two gRPC servers of Spring Boot that may be protected, net.devh's and Spring Boot's own: the
 * only place that knows either. Start at {@link
 * dev.lookaside.security.server.DevhSecurityAutoConfiguration}.
 */
@NullMarked
package dev.lookaside.security.server;

import org.jspecify.annotations.NullMarked;
