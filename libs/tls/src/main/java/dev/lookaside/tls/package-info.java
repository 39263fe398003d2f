/**
 * Certificates that may change while connections live, and whom a peer must prove to be. Start at
 * {@link LiveTls}.
 */
@NullMarked
package dev.lookaside.tls;

import org.jspecify.annotations.NullMarked;
