package dev.lookaside.app.limits;

import dev.lookaside.limits.Limit;
import dev.lookaside.limits.LimitListener;
import dev.lookaside.limits.PeerAddress;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.NioEndpoint;

/**
 * HTTP/1.1 as Tomcat speaks it, on connections of which one address may have half. Tomcat itself
 * bounds all connections together: one peer that sends half requests has them all, and everybody
 * else waits until its time for the other half is over.
 */
public final class SharedHttp11Protocol extends Http11NioProtocol {
  private static final int ADDRESSES_FOR_ALL = 2;

  /** Made by Tomcat, by its name. */
  public SharedHttp11Protocol() {
    super(new Endpoint());
  }

  /** From now on this one hears of connections that were not let in. */
  void tell(LimitListener listener) {
    ((Endpoint) getEndpoint()).listener = listener;
  }

  private static final class Endpoint extends NioEndpoint {
    private volatile LimitListener listener = (limit, peer, reason) -> {};

    @Override
    protected boolean setSocketOptions(SocketChannel accepted) {
      int most = getMaxConnections() / ADDRESSES_FOR_ALL;
      if (most > 0 && isOneTooMany(accepted, most)) {
        destroySocket(accepted);
        return false;
      }
      return super.setSocketOptions(accepted);
    }

    private boolean isOneTooMany(SocketChannel accepted, int most) {
      PeerAddress address = address(accepted);
      long others =
          connections.keySet().stream().filter(other -> address.equals(address(other))).count();
      if (others < most) {
        return false;
      }
      listener.hit(
          Limit.CONNECTIONS_PER_ADDRESS,
          "a peer at " + address,
          "too many HTTP connections from one address (expected: at most " + most + ")");
      return true;
    }

    /** Of one that is gone: nobody's. */
    private static PeerAddress address(SocketChannel channel) {
      try {
        return PeerAddress.of(channel.getRemoteAddress());
      } catch (IOException gone) {
        return PeerAddress.of(null);
      }
    }
  }
}
