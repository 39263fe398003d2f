/**
 * Keeps the table of one service up to date, from whichever balancer answers. Start at {@link
 * Subscription}.
 */
@NullMarked
package dev.lookaside.client.grpc.subscription;

import org.jspecify.annotations.NullMarked;
