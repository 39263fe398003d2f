/** Who did what, one JSON line each. Start at {@link dev.lookaside.security.audit.AuditLog}. */
@NullMarked
package dev.lookaside.security.audit;

import org.jspecify.annotations.NullMarked;
