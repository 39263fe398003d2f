/**
 * How one endpoint is chosen by its cost, whatever that is. Start at {@link
 * dev.lookaside.core.policy.choice.TwoChoices}.
 */
@NullMarked
package dev.lookaside.core.policy.choice;

import org.jspecify.annotations.NullMarked;
