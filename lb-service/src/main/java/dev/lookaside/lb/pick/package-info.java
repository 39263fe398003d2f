/** Answers the Pick RPC. Start at {@link PickHandler}. */
@NullMarked
package dev.lookaside.lb.pick;

import org.jspecify.annotations.NullMarked;
