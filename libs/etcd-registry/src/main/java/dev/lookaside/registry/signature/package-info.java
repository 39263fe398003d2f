/**
 * Who wrote a registration: signatures by the key of a certificate (JWS, RFC 7515), so that who can
 * write to etcd cannot send clients to a machine of theirs. Start at {@link
 * dev.lookaside.registry.signature.RegistrationSigner} and {@link
 * dev.lookaside.registry.signature.RegistrationCheck}.
 */
@NullMarked
package dev.lookaside.registry.signature;

import org.jspecify.annotations.NullMarked;
