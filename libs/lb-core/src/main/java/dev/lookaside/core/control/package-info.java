/**
 * Weights in a closed loop: what endpoints report of their utilization moves the weights by which
 * clients choose, until all are utilized alike. Start at {@link
 * dev.lookaside.core.control.WeightController}.
 */
@NullMarked
package dev.lookaside.core.control;

import org.jspecify.annotations.NullMarked;
