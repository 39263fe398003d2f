/**
 * Which endpoints have time series of their own, so that labels are bounded. Start at {@link
 * dev.lookaside.lb.labels.EndpointLabels}.
 */
@NullMarked
package dev.lookaside.lb.labels;

import org.jspecify.annotations.NullMarked;
