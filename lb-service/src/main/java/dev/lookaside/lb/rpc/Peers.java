package dev.lookaside.lb.rpc;

import static java.util.Objects.requireNonNull;

import dev.lookaside.limits.PeerAddress;
import io.grpc.Attributes;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.ServerCall;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerTransportFilter;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Says who speaks: the one place where clients are told apart.
 *
 * <p>There is one {@link Peer} for each connection. Its origin is the address that it comes from,
 * without the port; of an IPv6 address the first 64 bits, since a single machine has all the
 * others. All processes behind one NAT are thus of one origin.
 */
public final class Peers extends ServerTransportFilter {
  private static final Attributes.Key<Peer> OF_CONNECTION = Attributes.Key.create("lookaside-peer");
  private static final Context.Key<Peer> OF_CALL = Context.key("lookaside-peer");

  /** Who speaks on a call. */
  public static Peer of(ServerCall<?, ?> call) {
    Peer known = call.getAttributes().get(OF_CONNECTION);
    return known != null ? known : of(call.getAttributes());
  }

  /** Who speaks on the call that is being started on this thread. */
  public static Peer current() {
    return requireNonNull(OF_CALL.get(), "nobody was asked who speaks");
  }

  /** The method as it is, but that it can ask for the {@link #current} peer. */
  public static <Q, R> ServerMethodDefinition<Q, R> knownTo(ServerMethodDefinition<Q, R> method) {
    var handler = method.getServerCallHandler();
    return method.withServerCallHandler((call, headers) ->
        Contexts.interceptCall(
            Context.current().withValue(OF_CALL, of(call)), call, headers, handler));
  }

  @Override
  public Attributes transportReady(Attributes connection) {
    return connection.toBuilder().set(OF_CONNECTION, of(connection)).build();
  }

  @Override
  public void transportTerminated(@Nullable Attributes connection) {
    Peer peer = connection == null ? null : connection.get(OF_CONNECTION);
    if (peer != null) {
      peer.leave();
    }
  }

  private static Peer of(Attributes connection) {
    return new Peer(origin(connection.get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR)));
  }

  static String origin(@Nullable SocketAddress remote) {
    return PeerAddress.of(remote).toString();
  }
}
