/**
 * Traces RPCs of Spring Boot applications that are traced. Start at {@link
 * dev.lookaside.tracing.spring.RpcTracingAutoConfiguration}.
 */
@NullMarked
package dev.lookaside.tracing.spring;

import org.jspecify.annotations.NullMarked;
