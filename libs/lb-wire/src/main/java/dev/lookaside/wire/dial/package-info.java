/**
 * From an address to where TCP connects, without a detour to where nobody should be led. Start at
 * {@link dev.lookaside.wire.dial.EndpointNames}.
 */
@NullMarked
package dev.lookaside.wire.dial;

import org.jspecify.annotations.NullMarked;
