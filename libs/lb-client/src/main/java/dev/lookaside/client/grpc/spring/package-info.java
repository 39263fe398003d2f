/**
 * Channels as beans of a Spring Boot application, set by the properties {@code lookaside.client.*}.
 * Start at {@link LookasideChannels}.
 */
@NullMarked
package dev.lookaside.client.grpc.spring;

import org.jspecify.annotations.NullMarked;
