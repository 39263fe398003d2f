/** Meters that come and go with the endpoints. Start at {@link EndpointMeters}. */
@NullMarked
package dev.lookaside.lb.metrics;

import org.jspecify.annotations.NullMarked;
