/**
 * What is sent to those who stay connected: whose turn it is, and how much they may leave unread.
 * Start at {@link Rounds}.
 */
@NullMarked
package dev.lookaside.lb.push;

import org.jspecify.annotations.NullMarked;
