/**
 * The wire side of {@code lookaside.v1.Admin}. Start at {@link
 * dev.lookaside.lb.adminrpc.AdminService}.
 */
@NullMarked
package dev.lookaside.lb.adminrpc;

import org.jspecify.annotations.NullMarked;
