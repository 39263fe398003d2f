/** How metrics are spelled. Start at {@link dev.lookaside.app.metrics.GrpcServerLabels}. */
@NullMarked
package dev.lookaside.app.metrics;

import org.jspecify.annotations.NullMarked;
