package dev.lookaside.limits;

import io.grpc.Attributes;
import io.grpc.Grpc;
import java.net.SocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Places that calls take for as long as they run: so many in all, so many for one address, so many
 * on one connection. The last quarter of all is for addresses that have not more than one
 * connection may have, so that a few who take all they can get leave room for those who need one
 * place. For any thread.
 */
public final class Places {

  /**
   * How many there are.
   *
   * @param what they are for, in words
   */
  public record Sizes(String what, int all, int perAddress, int perConnection) {
    private static final int KEPT_OF = 4;

    private int forThoseWithMany() {
      return all - all / KEPT_OF;
    }
  }

  /** The answer to a call that asks for a place. */
  public sealed interface Answer {

    /** The place is the caller's until it gives it back. */
    record Taken(Place place) implements Answer {}

    /** There is none; what the peer is told. */
    record Refused(String reason) implements Answer {}
  }

  private final Limit limit;
  private final Sizes sizes;
  private final LimitListener listener;
  private final Map<PeerAddress, Integer> byAddress = new HashMap<>();
  private final Map<Object, Integer> byConnection = new HashMap<>();
  private int taken;

  public Places(Limit limit, Sizes sizes, LimitListener listener) {
    this.limit = limit;
    this.sizes = sizes;
    this.listener = listener;
  }

  /**
   * Asks for a place.
   *
   * @param call the attributes of the call
   */
  public Answer take(Attributes call) {
    SocketAddress remote = call.get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
    Answer answer = take(remote, PeerAddress.of(remote));
    if (answer instanceof Answer.Refused refused) {
      listener.hit(limit, "a peer at " + remote, refused.reason());
    }
    return answer;
  }

  private synchronized Answer take(@Nullable SocketAddress remote, PeerAddress address) {
    Object connection = remote == null ? address : remote;
    if (taken >= sizes.all()) {
      return refused("in all", sizes.all());
    }
    if (byConnection.getOrDefault(connection, 0) >= sizes.perConnection()) {
      return refused("on this connection", sizes.perConnection());
    }
    int ofAddress = byAddress.getOrDefault(address, 0);
    if (ofAddress >= sizes.perAddress()) {
      return refused("from this address", sizes.perAddress());
    }
    if (ofAddress >= sizes.perConnection() && taken >= sizes.forThoseWithMany()) {
      return refused("from addresses that have many", sizes.forThoseWithMany());
    }
    taken++;
    byConnection.merge(connection, 1, Integer::sum);
    byAddress.merge(address, 1, Integer::sum);
    return new Answer.Taken(new Place(connection, address));
  }

  private Answer refused(String where, int most) {
    return new Answer.Refused(
        "too many " + sizes.what() + " " + where + " (expected: at most " + most + ")");
  }

  public synchronized int taken() {
    return taken;
  }

  private synchronized void giveBack(Place place) {
    taken--;
    byConnection.computeIfPresent(place.connection, (key, n) -> n == 1 ? null : n - 1);
    byAddress.computeIfPresent(place.address, (key, n) -> n == 1 ? null : n - 1);
  }

  /** One place. */
  public final class Place implements AutoCloseable {
    private final Object connection;
    private final PeerAddress address;
    private final AtomicBoolean returned = new AtomicBoolean();

    private Place(Object connection, PeerAddress address) {
      this.connection = connection;
      this.address = address;
    }

    /** Gives it back. Idempotent. */
    @Override
    public void close() {
      if (returned.compareAndSet(false, true)) {
        giveBack(this);
      }
    }
  }
}
