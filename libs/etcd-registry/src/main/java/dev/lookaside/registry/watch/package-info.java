/**
 * Keeps a view of all registrations. Start at {@link dev.lookaside.registry.watch.RegistryWatch}.
 */
@NullMarked
package dev.lookaside.registry.watch;

import org.jspecify.annotations.NullMarked;
