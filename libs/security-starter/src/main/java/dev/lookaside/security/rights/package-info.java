/** What who calls may do. Start at {@link dev.lookaside.security.rights.Guard}. */
@NullMarked
package dev.lookaside.security.rights;

import org.jspecify.annotations.NullMarked;
