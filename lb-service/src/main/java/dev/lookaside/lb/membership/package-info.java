/**
 * Balancers among each other: each registers itself, and knows the others. Start at {@link
 * SelfRegistration}.
 */
@NullMarked
package dev.lookaside.lb.membership;

import org.jspecify.annotations.NullMarked;
