/** Why a pick is what it is. Start at {@link dev.lookaside.lb.explain.Explainer}. */
@NullMarked
package dev.lookaside.lb.explain;

import org.jspecify.annotations.NullMarked;
