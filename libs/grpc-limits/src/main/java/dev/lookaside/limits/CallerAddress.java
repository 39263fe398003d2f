package dev.lookaside.limits;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;

/**
 * Tells handlers for whom they work, so that they can give everybody a share. It is the address
 * that counts, for a name is what the caller says.
 */
public final class CallerAddress implements ServerInterceptor {
  private static final Context.Key<PeerAddress> KEY =
      Context.key("dev.lookaside.limits.CallerAddress");
  private static final PeerAddress UNKNOWN = PeerAddress.of(null);

  /** Equal for calls of the same caller, to be asked in a handler. */
  public static Object current() {
    PeerAddress known = KEY.get();
    return known == null ? UNKNOWN : known;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    PeerAddress address = PeerAddress.of(call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR));
    return Contexts.interceptCall(Context.current().withValue(KEY, address), call, headers, next);
  }
}
