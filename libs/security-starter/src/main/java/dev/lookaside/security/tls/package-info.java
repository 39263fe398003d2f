/**
 * TLS on servers and on channels, by one SSL bundle whose certificates may change. Start at {@link
 * dev.lookaside.security.tls.ServerTls}.
 */
@NullMarked
package dev.lookaside.security.tls;

import org.jspecify.annotations.NullMarked;
