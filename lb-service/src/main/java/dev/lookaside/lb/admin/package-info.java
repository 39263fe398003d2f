/** What operators and Prometheus may read over HTTP. Start at {@link LookasideEndpoint}. */
@NullMarked
package dev.lookaside.lb.admin;

import org.jspecify.annotations.NullMarked;
