/**
 * The page that operators look at, and the stream that keeps it up to date: one look a second for
 * all pages, and none while nobody watches. Start at {@link
 * dev.lookaside.lb.dashboard.DashboardState}.
 */
@NullMarked
package dev.lookaside.lb.dashboard;

import org.jspecify.annotations.NullMarked;
