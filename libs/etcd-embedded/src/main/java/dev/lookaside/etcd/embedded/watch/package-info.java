/**
 * Watches, all of them served by one thread that replays history to whoever can take more. Start at
 * {@link WatchHub}.
 */
@NullMarked
package dev.lookaside.etcd.embedded.watch;

import org.jspecify.annotations.NullMarked;
