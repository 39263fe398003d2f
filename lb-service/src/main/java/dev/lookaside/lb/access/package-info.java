/**
 * Who calls the balancer, in the words of its own protocol. Start at {@link
 * dev.lookaside.lb.access.AccessService}.
 */
@NullMarked
package dev.lookaside.lb.access;

import org.jspecify.annotations.NullMarked;
