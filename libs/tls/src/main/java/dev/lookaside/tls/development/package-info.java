/**
 * An authority and certificates for development and for tests, made by the JDK's own keytool. Start
 * at {@link dev.lookaside.tls.development.DevelopmentAuthority}.
 */
@NullMarked
package dev.lookaside.tls.development;

import org.jspecify.annotations.NullMarked;
