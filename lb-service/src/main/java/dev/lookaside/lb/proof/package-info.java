/** Binds what clients report to what was picked for them. Start at {@link PickTokens}. */
@NullMarked
package dev.lookaside.lb.proof;

import org.jspecify.annotations.NullMarked;
