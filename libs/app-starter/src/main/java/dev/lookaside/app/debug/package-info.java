/**
 * What a gRPC server tells tools such as grpcurl and grpcdebug of itself, if an operator wants it
 * to. Start at {@link dev.lookaside.app.debug.DebugServices}.
 */
@NullMarked
package dev.lookaside.app.debug;

import org.jspecify.annotations.NullMarked;
