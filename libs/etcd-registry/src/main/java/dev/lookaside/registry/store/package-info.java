/**
 * What the loops ask of etcd, without a word of its client. Start at {@link
 * dev.lookaside.registry.store.PrefixStore}.
 */
@NullMarked
package dev.lookaside.registry.store;

import org.jspecify.annotations.NullMarked;
