/**
 * How much a gRPC server of this process keeps of its peers, as an operator sets it. Start at
 * {@link dev.lookaside.app.limits.LimitProperties}.
 */
@NullMarked
package dev.lookaside.app.limits;

import org.jspecify.annotations.NullMarked;
