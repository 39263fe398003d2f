/**
 * How much the servers of this process keep of their peers: gRPC as an operator sets it, HTTP by
 * equal parts. Start at {@link dev.lookaside.app.limits.LimitProperties}.
 */
@NullMarked
package dev.lookaside.app.limits;

import org.jspecify.annotations.NullMarked;
