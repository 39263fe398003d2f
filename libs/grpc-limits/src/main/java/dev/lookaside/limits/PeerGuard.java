package dev.lookaside.limits;

import dev.lookaside.core.time.Ticker;
import io.grpc.Attributes;
import io.grpc.Grpc;
import io.grpc.ServerTransportFilter;
import io.grpc.netty.NettyServerBuilder;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.ServerChannelRecvByteBufAllocator;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.net.SocketAddress;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;

/**
 * Bounds what the peers of one server make it keep. A connection is counted when it is accepted,
 * before anything is made for it; its calls and the messages that have come in part are counted as
 * gRPC reads them. Who takes more than there is for one is told so by GOAWAY with
 * ENHANCE_YOUR_CALM, which gRPC knows as RESOURCE_EXHAUSTED, and cut. When all together take too
 * much, that goes for who has taken most.
 */
public final class PeerGuard {
  private final PeerLimits limits;
  private final Ticker ticker;
  private final LimitListener listener;
  private final HandshakeListener handshakes;
  private final Accounts accounts;
  private final ConcurrentMap<SocketAddress, Peer> peers = new ConcurrentHashMap<>();

  public PeerGuard(PeerLimits limits, Ticker ticker, LimitListener listener) {
    this(limits, ticker, listener, HandshakeListener.NONE);
  }

  public PeerGuard(
      PeerLimits limits, Ticker ticker, LimitListener listener, HandshakeListener handshakes) {
    this.limits = limits;
    this.ticker = ticker;
    this.listener = listener;
    this.handshakes = handshakes;
    this.accounts = new Accounts(limits, ticker);
  }

  /** Guards the server that is built; it runs on these loops, which are for NIO. */
  public void applyTo(NettyServerBuilder server, EventLoopGroup loops) {
    server
        .bossEventLoopGroup(loops)
        .workerEventLoopGroup(loops)
        .channelFactory(this::newServerChannel)
        // Sixteen connections at a turn, or sixteen reads of 64 KiB, are Netty's defaults: whoever
        // opens or sends much would keep all others waiting.
        .withOption(
            ChannelOption.RECVBUF_ALLOCATOR,
            new ServerChannelRecvByteBufAllocator().maxMessagesPerRead(1))
        .withChildOption(
            ChannelOption.RECVBUF_ALLOCATOR,
            new AdaptiveRecvByteBufAllocator().maxMessagesPerRead(1))
        .maxConcurrentCallsPerConnection(limits.callsPerConnection())
        // Netty's 200 would end the connection of a client that only meets its own deadlines.
        .maxRstFramesPerWindow(limits.resets(), (int) PeerLimits.RESET_WINDOW.toSeconds())
        .handshakeTimeout(limits.patience().toMillis(), TimeUnit.MILLISECONDS)
        .addTransportFilter(new Naming())
        .addStreamTracerFactory(new CallTracer.Factory())
        .intercept(new HealthGate())
        .intercept(HealthGate.watches(listener))
        .intercept(new CallGate(this));
  }

  private ServerChannel newServerChannel() {
    var channel = new NioServerSocketChannel();
    channel.pipeline().addFirst(new AcceptGate(this));
    return channel;
  }

  /**
   * Ends the connection of a call for what the call has done; says whether it is a guarded one.
   *
   * @param call its attributes
   */
  public static boolean cut(Attributes call, Limit limit, String reason) {
    Peer peer = call.get(Peer.KEY);
    if (peer != null) {
      peer.cut(new Refusal(limit, reason));
    }
    return peer != null;
  }

  /** How many connections there are. */
  public int connections() {
    return accounts.all().connections.get();
  }

  /** How many calls are open. */
  public int calls() {
    return accounts.all().calls.get();
  }

  /** What messages take that have come in part. */
  public long messageBytes() {
    return accounts.all().messageBytes.get();
  }

  PeerLimits limits() {
    return limits;
  }

  Accounts accounts() {
    return accounts;
  }

  long nanos() {
    return ticker.nanos();
  }

  void hit(Refusal refusal, Object peer) {
    listener.hit(refusal.limit(), "a peer at " + peer, refusal.reason());
  }

  HandshakeListener handshakes() {
    return handshakes;
  }

  /** Counts a connection that was just accepted, unless there is no room for it. */
  Optional<Peer> admit(Channel connection) {
    SocketAddress remote = connection.remoteAddress();
    PeerAddress address = PeerAddress.of(remote);
    Account account = accounts.enter(address);
    Optional<Refusal> refusal = accounts.connectionRefusal(account);
    if (refusal.isPresent() || remote == null) {
      accounts.leave(address);
      refusal.ifPresent(hit -> hit(hit, String.valueOf(remote)));
      return Optional.empty();
    }
    Peer peer = new Peer(this, connection, account);
    peers.put(remote, peer);
    connection
        .closeFuture()
        .addListener(closed -> {
          peers.remove(remote, peer);
          accounts.leave(address);
        });
    return Optional.of(peer);
  }

  /** Frees memory when what has come in part is too much, for one or for all. */
  void settled(Peer peer) {
    if (peer.heldBytes() > limits.messageBytesPerConnection()) {
      peer.cut(
          tooManyBytes(
              Limit.MESSAGE_BYTES_PER_CONNECTION,
              "on one connection",
              limits.messageBytesPerConnection()));
    } else if (peer.account().messageBytes.get() > limits.share(limits.messageBytes())) {
      peer.cut(
          tooManyBytes(
              Limit.MESSAGE_BYTES_PER_ADDRESS,
              "from one address",
              limits.share(limits.messageBytes())));
    } else if (accounts.all().messageBytes.get() > limits.messageBytes()) {
      peers.values().stream()
          .max(Comparator.comparingLong(Peer::heldBytes))
          .ifPresent(most ->
              most.cut(tooManyBytes(Limit.MESSAGE_BYTES, "to this server", limits.messageBytes())));
    }
  }

  private static Refusal tooManyBytes(Limit limit, String where, long most) {
    return new Refusal(
        limit,
        "too many bytes of messages that are not complete "
            + where
            + " (expected: at most "
            + most
            + ")");
  }

  /** To be called from time to time: ends what has been unfinished for too long. */
  void sweep() {
    peers.values().forEach(Peer::judge);
    accounts.forget();
  }

  /** Gives each call the connection on which it comes. */
  private final class Naming extends ServerTransportFilter {
    @Override
    public Attributes transportReady(Attributes transport) {
      SocketAddress remote = transport.get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
      Peer peer = remote == null ? null : peers.get(remote);
      return peer == null ? transport : transport.toBuilder().set(Peer.KEY, peer).build();
    }
  }
}
