/**
 * What the messages of the protocol mean in the types of lb-core: written and read in one place, by
 * balancer and client alike. Whatever a peer sends is bounded here. Start at {@link TableCodec}.
 */
@NullMarked
package dev.lookaside.wire;

import org.jspecify.annotations.NullMarked;
