/** Who calls. Start at {@link dev.lookaside.security.identity.Principal}. */
@NullMarked
package dev.lookaside.security.identity;

import org.jspecify.annotations.NullMarked;
