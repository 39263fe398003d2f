package dev.lookaside.limits;

import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;

/** One call as its connection sees it: what of its messages has come, and how it ended. */
final class CallTracer extends ServerStreamTracer {
  private static final ServerStreamTracer NONE = new ServerStreamTracer() {};

  /** A piece of a message holds more of the buffer in which it was read than itself. */
  private static final int PIECE_BYTES = 1 << 10;

  private static final long NEVER = Long.MAX_VALUE;

  private final Peer peer;
  private long pendingBytes;
  private long partSinceNanos = NEVER;
  private boolean hasMessage;
  private boolean closed;

  /** Since when a message must come; the handler of a call may have to wait for a thread first. */
  private volatile long awaitedSinceNanos = NEVER;

  private CallTracer(Peer peer) {
    this.peer = peer;
  }

  /** Makes one for each call that comes over the network. */
  static final class Factory extends ServerStreamTracer.Factory {
    @Override
    public ServerStreamTracer newServerStreamTracer(String method, Metadata headers) {
      Peer peer = Peer.reading();
      if (peer == null) {
        return NONE;
      }
      CallTracer call = new CallTracer(peer);
      peer.opened();
      peer.touched(call);
      return call;
    }
  }

  @Override
  public void serverCallStarted(ServerCallInfo<?, ?> call) {
    MethodType type = call.getMethodDescriptor().getType();
    if (type == MethodType.UNARY || type == MethodType.SERVER_STREAMING) {
      awaitedSinceNanos = peer.guard().nanos();
    }
  }

  @Override
  public void inboundWireSize(long bytes) {
    if (pendingBytes == 0) {
      peer.touched(this);
    }
    pendingBytes += bytes + PIECE_BYTES;
    peer.held(bytes + PIECE_BYTES);
  }

  @Override
  public void inboundMessageRead(int number, long wireSize, long size) {
    hasMessage = true;
    release();
  }

  @Override
  public void streamClosed(Status status) {
    if (closed) {
      return;
    }
    closed = true;
    release();
    peer.closed(this);
    if (status.getCode() == Status.Code.CANCELLED && peer.isReading()) {
      peer.reset();
    }
  }

  private void release() {
    peer.held(-pendingBytes);
    pendingBytes = 0;
    partSinceNanos = NEVER;
  }

  /** A message has come in part, or not at all; to be asked when all that came is handled. */
  boolean isUnfinished(long nowNanos) {
    if (pendingBytes > 0 && partSinceNanos == NEVER) {
      partSinceNanos = nowNanos;
    }
    return !closed && (pendingBytes > 0 || !hasMessage);
  }

  /** Whether it has waited for the rest of a message, or for the only one, since before that. */
  boolean isUnfinishedSinceBefore(long nanos) {
    long awaited = hasMessage ? NEVER : awaitedSinceNanos;
    return isBefore(partSinceNanos, nanos) || isBefore(awaited, nanos);
  }

  private static boolean isBefore(long since, long nanos) {
    return since != NEVER && since - nanos < 0;
  }
}
