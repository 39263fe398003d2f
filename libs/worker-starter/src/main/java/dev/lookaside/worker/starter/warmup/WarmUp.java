package dev.lookaside.worker.starter.warmup;

import dev.lookaside.core.time.Ticker;
import dev.lookaside.tls.TlsTrouble;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ChannelCredentials;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ClientInterceptors;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.MetadataUtils;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves a worker's first calls to the worker itself: over its own port, so that transport, codecs,
 * interceptors and handlers have run when the first caller comes. The classes of all messages are
 * loaded, whatever the service. Takes a bounded time, and a failure of it changes nothing.
 */
public final class WarmUp {
  private static final Logger log = LoggerFactory.getLogger(WarmUp.class);
  private static final int ROUNDS = 25;

  private final List<WarmUpCall> calls;
  private final WarmUpMark mark;
  private final Duration atMost;
  private final Ticker ticker;
  private final ChannelCredentials credentials;

  /**
   * @param calls made in turns, over and over
   * @param atMost how long all of it may take
   */
  public WarmUp(List<WarmUpCall> calls, WarmUpMark mark, Duration atMost, Ticker ticker) {
    this(calls, mark, atMost, ticker, InsecureChannelCredentials.create());
  }

  /**
   * @param credentials to call the worker's own server with
   */
  public WarmUp(
      List<WarmUpCall> calls,
      WarmUpMark mark,
      Duration atMost,
      Ticker ticker,
      ChannelCredentials credentials) {
    this.calls = List.copyOf(calls);
    this.mark = mark;
    this.atMost = atMost;
    this.ticker = ticker;
    this.credentials = credentials;
  }

  /** Blocks until it is done. */
  public void run(Server server) {
    if (atMost.isZero()) {
      return;
    }
    long started = ticker.nanos();
    try (var connection = new Connection(channelTo(server))) {
      loadMessages(server);
      Channel self =
          ClientInterceptors.intercept(
              connection.channel(),
              MetadataUtils.newAttachHeadersInterceptor(mark.use()),
              new Deadlines(started + atMost.toNanos()));
      for (int round = 0; round < ROUNDS && ticker.nanos() - started < atMost.toNanos(); round++) {
        for (WarmUpCall call : calls) {
          call.to(self);
        }
      }
      log.debug("warmed up in {} ms", TimeUnit.NANOSECONDS.toMillis(ticker.nanos() - started));
    } catch (Exception | LinkageError e) {
      complain(e);
    } finally {
      mark.retire();
    }
  }

  /** Whom a worker does not believe, which is itself, others will hardly believe. */
  private static void complain(Throwable failure) {
    TlsTrouble.of(failure)
        .ifPresentOrElse(
            reason -> log.warn("this worker cannot call itself: {}", reason),
            () -> log.debug("not warmed up: the first calls may take longer", failure));
  }

  private record Connection(ManagedChannel channel) implements AutoCloseable {
    @Override
    public void close() {
      channel.shutdownNow();
    }
  }

  private ManagedChannel channelTo(Server server) {
    InetSocketAddress listening =
        server.getListenSockets().stream()
            .filter(InetSocketAddress.class::isInstance)
            .map(InetSocketAddress.class::cast)
            .findFirst()
            .orElseGet(() -> new InetSocketAddress(server.getPort()));
    InetAddress address = listening.getAddress();
    String host =
        address == null || address.isAnyLocalAddress()
            ? InetAddress.getLoopbackAddress().getHostAddress()
            : address.getHostAddress();
    return Grpc.newChannelBuilderForAddress(host, listening.getPort(), credentials).build();
  }

  private static void loadMessages(Server server) {
    for (ServerServiceDefinition service : server.getServices()) {
      for (ServerMethodDefinition<?, ?> method : service.getMethods()) {
        passThrough(method.getMethodDescriptor().getRequestMarshaller());
        passThrough(method.getMethodDescriptor().getResponseMarshaller());
      }
    }
  }

  private static <T> void passThrough(MethodDescriptor.Marshaller<T> marshaller) {
    if (marshaller instanceof MethodDescriptor.PrototypeMarshaller<T> typed) {
      T prototype = typed.getMessagePrototype();
      if (prototype != null) {
        var unused = typed.parse(typed.stream(prototype));
      }
    }
  }

  /** Gives each call what is left of the time. */
  private final class Deadlines implements ClientInterceptor {
    private final long endNanos;

    Deadlines(long endNanos) {
      this.endNanos = endNanos;
    }

    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(
        MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
      long left = Math.max(0, endNanos - ticker.nanos());
      return next.newCall(method, options.withDeadlineAfter(left, TimeUnit.NANOSECONDS));
    }
  }
}
