/**
 * What can be set from outside, checked when it is read, and the one line about a start that fails.
 * Start at {@link LbProperties}.
 */
@NullMarked
package dev.lookaside.lb.config;

import org.jspecify.annotations.NullMarked;
