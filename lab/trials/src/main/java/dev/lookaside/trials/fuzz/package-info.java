/**
 * Every method of every server, with messages that make little sense. Start at {@link
 * dev.lookaside.trials.fuzz.FuzzTrial}.
 */
@NullMarked
package dev.lookaside.trials.fuzz;

import org.jspecify.annotations.NullMarked;
