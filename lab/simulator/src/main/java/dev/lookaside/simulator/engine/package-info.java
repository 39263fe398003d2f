/** Virtual time: what happens next, and what happens later. Start at {@link Agenda}. */
@NullMarked
package dev.lookaside.simulator.engine;

import org.jspecify.annotations.NullMarked;
