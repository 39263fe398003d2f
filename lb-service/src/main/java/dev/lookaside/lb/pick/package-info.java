/** Answers the Pick RPC and remembers what it decided. Start at {@link PickHandler}. */
@NullMarked
package dev.lookaside.lb.pick;

import org.jspecify.annotations.NullMarked;
