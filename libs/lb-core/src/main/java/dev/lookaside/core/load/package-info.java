/**
 * What is known of the load of endpoints. Start at {@link LoadTracker}, the write side, and {@link
 * LoadView}, the read side.
 */
@NullMarked
package dev.lookaside.core.load;

import org.jspecify.annotations.NullMarked;
