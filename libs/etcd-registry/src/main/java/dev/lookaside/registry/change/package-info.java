/**
 * Changes what operators decided, in etcd. Start at {@link
 * dev.lookaside.registry.change.ControlChanges}.
 */
@NullMarked
package dev.lookaside.registry.change;

import org.jspecify.annotations.NullMarked;
