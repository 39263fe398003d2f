/**
 * What is sent to those who stay connected: how many may come, whose turn it is, and how much they
 * may leave unread. Start at {@link dev.lookaside.lb.push.Audience}.
 */
@NullMarked
package dev.lookaside.lb.push;

import org.jspecify.annotations.NullMarked;
