/**
 * How the process says that it cannot start, in one line, and that it has started. Start at {@link
 * OneLineReporter}.
 */
@NullMarked
package dev.lookaside.lb.startup;

import org.jspecify.annotations.NullMarked;
