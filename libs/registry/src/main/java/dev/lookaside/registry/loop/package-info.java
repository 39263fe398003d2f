/**
 * A thread that takes turns and rests between them. Start at {@link
 * dev.lookaside.registry.loop.OwnThread}.
 */
@NullMarked
package dev.lookaside.registry.loop;

import org.jspecify.annotations.NullMarked;
