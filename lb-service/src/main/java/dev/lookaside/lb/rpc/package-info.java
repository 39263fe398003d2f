/** The gRPC server: which services it serves, on which thread. Start at {@link RpcServer}. */
@NullMarked
package dev.lookaside.lb.rpc;

import org.jspecify.annotations.NullMarked;
