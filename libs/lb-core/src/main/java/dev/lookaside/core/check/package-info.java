/** What values from outside may be, and how a refusal says so. Start at {@link Require}. */
@NullMarked
package dev.lookaside.core.check;

import org.jspecify.annotations.NullMarked;
