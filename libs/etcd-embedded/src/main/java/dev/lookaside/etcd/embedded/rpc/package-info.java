/**
 * etcd's gRPC services over the store: the only place, with the watch, that knows the wire format.
 * Start at {@link KvService}.
 */
@NullMarked
package dev.lookaside.etcd.embedded.rpc;

import org.jspecify.annotations.NullMarked;
