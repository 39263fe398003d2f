/**
 * What every call of the application passes on its way in and out. Start at {@link
 * dev.lookaside.worker.starter.calls.RequestMeter}.
 */
@NullMarked
package dev.lookaside.worker.starter.calls;

import org.jspecify.annotations.NullMarked;
