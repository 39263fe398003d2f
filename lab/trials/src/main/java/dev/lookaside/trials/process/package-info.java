/**
 * Processes of this machine, started and stopped by a trial. Start at {@link
 * dev.lookaside.trials.process.RunningApp}.
 */
@NullMarked
package dev.lookaside.trials.process;

import org.jspecify.annotations.NullMarked;
