/**
 * A collector of OpenTelemetry for tests. Start at {@link
 * dev.lookaside.testing.otlp.OtlpCollector}.
 */
@NullMarked
package dev.lookaside.testing.otlp;

import org.jspecify.annotations.NullMarked;
