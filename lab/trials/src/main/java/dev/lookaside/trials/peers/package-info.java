/**
 * Calls through our client beside a plain channel and two proxies. Start at {@link
 * dev.lookaside.trials.peers.Peers}.
 */
@NullMarked
package dev.lookaside.trials.peers;

import org.jspecify.annotations.NullMarked;
