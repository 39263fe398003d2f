/** What can be set from outside, checked when it is read. Start at {@link LbProperties}. */
@NullMarked
package dev.lookaside.lb.config;

import org.jspecify.annotations.NullMarked;
