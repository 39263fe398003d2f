/** What other policies would have picked. Start at {@link dev.lookaside.lb.shadow.Shadows}. */
@NullMarked
package dev.lookaside.lb.shadow;

import org.jspecify.annotations.NullMarked;
