/**
 * Serves the Subscribe RPC: tables, what changes in them, and loads. Start at {@link
 * Subscriptions}.
 */
@NullMarked
package dev.lookaside.lb.subscribe;

import org.jspecify.annotations.NullMarked;
