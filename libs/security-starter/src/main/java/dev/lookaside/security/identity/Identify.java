package dev.lookaside.security.identity;

import dev.lookaside.security.identity.Principal.Proof;
import io.grpc.Attributes;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerTransportFilter;
import io.grpc.Status;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who calls: whom the connection's certificate is for, else whom the call's bearer token
 * is of. The certificate is read once for a connection.
 */
public final class Identify extends ServerTransportFilter implements ServerInterceptor {
  private static final Attributes.Key<Principal> PRINCIPAL =
      Attributes.Key.create("lookaside-principal");
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
  private static final String BEARER = "bearer ";

  private final BearerTokens tokens;

  public Identify(BearerTokens tokens) {
    this.tokens = tokens;
  }

  @Override
  public Attributes transportReady(Attributes transport) {
    return Principal.of(transport.get(Grpc.TRANSPORT_ATTR_SSL_SESSION))
        .map(principal -> transport.toBuilder().set(PRINCIPAL, principal).build())
        .orElse(transport);
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    @Nullable Principal shown = call.getAttributes().get(PRINCIPAL);
    if (shown == null) {
      String header = headers.get(AUTHORIZATION);
      if (header != null && header.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
        BearerTokens.Answer answer = tokens.check(header.substring(BEARER.length()).strip());
        if (answer instanceof BearerTokens.Unacceptable unacceptable) {
          call.close(Status.UNAUTHENTICATED.withDescription(unacceptable.reason()), new Metadata());
          return new ServerCall.Listener<>() {};
        }
        shown = new Principal(((BearerTokens.Known) answer).name(), Proof.TOKEN);
      }
    }
    // The token is for this server's eyes: handlers and logs need not see it.
    headers.discardAll(AUTHORIZATION);
    return Contexts.interceptCall(
        Caller.with(shown == null ? Principal.NOBODY : shown), call, headers, next);
  }
}
