/**
 * Bad peers, each with one habit, and what they are told. Start at {@link
 * dev.lookaside.trials.bounds.misdeed.Misdeed}.
 */
@NullMarked
package dev.lookaside.trials.bounds.misdeed;

import org.jspecify.annotations.NullMarked;
