/**
 * What etcd remembers: keys with their revisions, a bounded history, leases. One lock, held for
 * short. Start at {@link Store}.
 */
@NullMarked
package dev.lookaside.etcd.embedded.store;

import org.jspecify.annotations.NullMarked;
