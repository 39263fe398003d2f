/**
 * Takes what xDS clients report of their calls (LRS). Start at {@link
 * dev.lookaside.lb.lrs.LoadStats}.
 */
@NullMarked
package dev.lookaside.lb.lrs;

import org.jspecify.annotations.NullMarked;
