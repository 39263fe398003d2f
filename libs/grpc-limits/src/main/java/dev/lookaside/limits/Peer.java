package dev.lookaside.limits;

import io.grpc.Attributes;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.FastThreadLocal;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One connection, and what has come on it in part. Used on its event loop, but for what says
 * otherwise.
 */
final class Peer extends ChannelInboundHandlerAdapter {
  static final Attributes.Key<Peer> KEY = Attributes.Key.create("dev.lookaside.limits.Peer");

  /** The connection that this event loop is reading from. */
  private static final FastThreadLocal<Peer> READING = new FastThreadLocal<>();

  /** HTTP/2's greeting is as long, and TLS's longer. */
  private static final int GREETING_BYTES = 24;

  /** Time for the word to arrive before the connection goes. */
  private static final Duration FAREWELL = Duration.ofMillis(200);

  private final PeerGuard guard;
  private final Channel channel;
  private final Account account;
  private final long sinceNanos;
  private final List<CallTracer> touched = new ArrayList<>();
  private final Set<CallTracer> unfinished = new LinkedHashSet<>();
  private long unsettledBytes;
  private volatile boolean hasUnfinished;
  private volatile long heldBytes;
  private volatile int greeted;
  private volatile boolean isCut;

  Peer(PeerGuard guard, Channel channel, Account account) {
    this.guard = guard;
    this.channel = channel;
    this.account = account;
    this.sinceNanos = guard.nanos();
  }

  /** The connection that is being read on this thread, if any. */
  static @Nullable Peer reading() {
    return READING.get();
  }

  @SuppressWarnings("ReferenceEquality")
  boolean isReading() {
    return READING.get() == this;
  }

  SocketAddress remote() {
    return channel.remoteAddress();
  }

  Account account() {
    return account;
  }

  PeerGuard guard() {
    return guard;
  }

  /** What was held when the latest bytes were read; for any thread. */
  long heldBytes() {
    return heldBytes;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (isCut) {
      ReferenceCountUtil.release(message);
      return;
    }
    if (greeted == 0) {
      watchHandshake();
    }
    if (greeted < GREETING_BYTES && message instanceof ByteBuf bytes) {
      greeted = Math.min(GREETING_BYTES, greeted + bytes.readableBytes());
    }
    READING.set(this);
    try {
      context.fireChannelRead(message);
    } finally {
      READING.remove();
    }
  }

  /** gRPC has put TLS behind this handler by now, if there is to be any, and keeps its failure. */
  private void watchHandshake() {
    SslHandler tls = channel.pipeline().get(SslHandler.class);
    if (tls != null) {
      tls.handshakeFuture()
          .addListener(done -> {
            if (!done.isSuccess()) {
              guard.handshakes().failed(PeerAddress.of(remote()), done.cause());
            }
          });
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    context.fireChannelReadComplete();
    settle();
  }

  // What calls say.

  void opened() {
    account.calls.incrementAndGet();
    guard.accounts().all().calls.incrementAndGet();
  }

  /** A call that is to be looked at when all that was read is handled. */
  void touched(CallTracer call) {
    if (touched.isEmpty() && !isReading()) {
      // Its handler asked for messages late, on a thread of its own.
      channel.eventLoop().execute(this::settle);
    }
    touched.add(call);
  }

  void held(long bytes) {
    unsettledBytes += bytes;
  }

  void closed(CallTracer call) {
    account.calls.decrementAndGet();
    guard.accounts().all().calls.decrementAndGet();
    unfinished.remove(call);
    if (!isReading()) {
      settle();
    }
  }

  void reset() {
    if (!account.takeReset(guard.nanos())) {
      cut(
          new Refusal(
              Limit.RESETS,
              "too many calls taken back (expected: at most %d in %d s)"
                  .formatted(guard.limits().resets(), PeerLimits.RESET_WINDOW.toSeconds())));
    }
  }

  /** Only what is still there after a whole reading is counted: whole messages cost nothing. */
  private void settle() {
    if (!touched.isEmpty()) {
      sort(guard.nanos());
    }
    if (unsettledBytes != 0) {
      long change = unsettledBytes;
      unsettledBytes = 0;
      long held = heldBytes + change;
      heldBytes = held;
      account.messageBytes.addAndGet(change);
      guard.accounts().all().messageBytes.addAndGet(change);
      if (change > 0) {
        guard.settled(this);
      }
    }
  }

  private void sort(long nowNanos) {
    for (CallTracer call : touched) {
      if (call.isUnfinished(nowNanos)) {
        unfinished.add(call);
      } else {
        unfinished.remove(call);
      }
    }
    touched.clear();
    hasUnfinished = !unfinished.isEmpty();
  }

  /** Cuts it if it has not sent what it began to send; for any thread. */
  void judge() {
    long now = guard.nanos();
    long patience = guard.limits().patience().toNanos();
    if (greeted < GREETING_BYTES && now - sinceNanos > patience) {
      cut(new Refusal(Limit.PATIENCE, "no greeting within " + guard.limits().patience()));
    } else if (hasUnfinished) {
      channel.eventLoop().execute(() -> judgeCalls(now - patience));
    }
  }

  private void judgeCalls(long latestNanos) {
    if (unfinished.stream().anyMatch(call -> call.isUnfinishedSinceBefore(latestNanos))) {
      cut(
          new Refusal(
              Limit.PATIENCE, "a message not complete within " + guard.limits().patience()));
    }
  }

  /** Tells the peer why, and ends the connection; for any thread, and once. */
  void cut(Refusal refusal) {
    if (channel.eventLoop().inEventLoop()) {
      cutNow(refusal);
    } else {
      channel.eventLoop().execute(() -> cutNow(refusal));
    }
  }

  private void cutNow(Refusal refusal) {
    if (isCut) {
      return;
    }
    isCut = true;
    guard.hit(refusal, remote());
    Http2ConnectionHandler http = channel.pipeline().get(Http2ConnectionHandler.class);
    if (http == null) {
      var unused = channel.close();
      return;
    }
    ChannelHandlerContext context = channel.pipeline().context(http);
    var unused =
        http.goAway(
            context,
            Integer.MAX_VALUE, // what else it has sent already is no error
            Http2Error.ENHANCE_YOUR_CALM.code(),
            Unpooled.copiedBuffer(refusal.reason(), StandardCharsets.UTF_8),
            context.newPromise());
    context.flush();
    // Around HTTP/2's own leave-taking, which waits for the calls.
    ChannelHandlerContext first = channel.pipeline().context(this);
    var unusedTimer =
        channel.eventLoop().schedule(() -> end(first), FAREWELL.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static void end(ChannelHandlerContext context) {
    var unused = context.close();
  }
}
