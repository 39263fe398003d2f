/**
 * How threads meet: who applies changes, and what threads are called. Start at {@link
 * SerialChanges}.
 */
@NullMarked
package dev.lookaside.core.concurrent;

import org.jspecify.annotations.NullMarked;
