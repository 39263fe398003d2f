package dev.lookaside.security.tls;

import dev.lookaside.core.check.Printable;
import dev.lookaside.tls.RefusedPeers;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** Refuses calls of those who show no certificate, and says so on both sides. */
public final class CertificateRequired implements ServerInterceptor {
  private final RefusedPeers log;

  public CertificateRequired(RefusedPeers log) {
    this.log = log;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    if (hasShownOne(call)) {
      return next.startCall(call, headers);
    }
    log.refused(
        "no certificate from "
            + Printable.of(
                String.valueOf(call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR)))
            + " (expected: one, because security.tls.client-auth is need)");
    call.close(
        Status.UNAUTHENTICATED.withDescription(
            "no certificate was shown (expected: one of an authority that the server trusts)"),
        new Metadata());
    return new ServerCall.Listener<>() {};
  }

  private static boolean hasShownOne(ServerCall<?, ?> call) {
    SSLSession session = call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION);
    if (session == null) {
      return false;
    }
    try {
      return session.getPeerCertificates().length > 0;
    } catch (SSLPeerUnverifiedException e) {
      return false;
    }
  }
}
