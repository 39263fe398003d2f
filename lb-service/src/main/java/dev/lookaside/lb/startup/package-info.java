/**
 * How the process says that it cannot start, in one line, and that it has started. Start at {@link
 * ReadyLine}.
 */
@NullMarked
package dev.lookaside.lb.startup;

import org.jspecify.annotations.NullMarked;
