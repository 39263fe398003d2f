/** What callers are told when they get no answer. Start at {@link Refusals}. */
@NullMarked
package dev.lookaside.lb.refusal;

import org.jspecify.annotations.NullMarked;
