/**
 * What time does to the balance, and what becomes of endpoints that fail. Start at {@link Sweeper}.
 */
@NullMarked
package dev.lookaside.lb.traffic;

import org.jspecify.annotations.NullMarked;
