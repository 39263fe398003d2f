/** Remembers the latest decisions and writes each to the log. Start at {@link Decisions}. */
@NullMarked
package dev.lookaside.lb.decision;

import org.jspecify.annotations.NullMarked;
