/**
 * Traces the RPCs of our own servers as soon as a collector is named. Start at {@link
 * dev.lookaside.tracing.otlp.spring.OtlpTracingAutoConfiguration}.
 */
@NullMarked
package dev.lookaside.tracing.otlp.spring;

import org.jspecify.annotations.NullMarked;
