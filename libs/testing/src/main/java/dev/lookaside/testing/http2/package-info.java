/**
 * A peer that speaks HTTP/2 as it likes, frame by frame. Start at {@link
 * dev.lookaside.testing.http2.Http2Peer}.
 */
@NullMarked
package dev.lookaside.testing.http2;

import org.jspecify.annotations.NullMarked;
