package dev.lookaside.lb.push;

import dev.lookaside.lb.rpc.Refusals;
import dev.lookaside.limits.Limit;
import dev.lookaside.limits.PeerGuard;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.grpc.StatusException;
import java.net.SocketAddress;
import java.util.Objects;

/**
 * The call of one who stays connected, and how much of what it was sent has not left yet. For the
 * publisher's thread.
 *
 * @param <M> what is sent
 */
public final class Outlet<M> {
  private final ServerCall<?, M> call;
  private final Unsent.Share unsent;

  public Outlet(ServerCall<?, M> call, Unsent unsent) {
    this.call = call;
    this.unsent = unsent.share();
  }

  /** What tells its connection from others. */
  Object connection() {
    SocketAddress remote = call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
    return Objects.requireNonNullElse(remote, this);
  }

  /** Where the other end is, for people. */
  public String address() {
    return String.valueOf(call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR));
  }

  /** Tells the other end that it is served. */
  public void begin() {
    call.sendHeaders(new Metadata());
  }

  public void requestNext() {
    call.request(1);
  }

  /** Says whether a message would leave now. */
  public boolean isReady() {
    return call.isReady();
  }

  /** Says whether all together left enough room for that much more. */
  public boolean hasRoomFor(int bytes) {
    return unsent.hasRoomFor(bytes);
  }

  public void send(M message, int bytes) {
    call.sendMessage(message);
    unsent.sent(bytes);
    if (call.isReady()) {
      unsent.isReady();
    }
  }

  /**
   * Counts something that goes in parts, if there is room for it.
   *
   * @param shared what it is, of which those who are in the middle of it have one copy
   * @param bytes of it
   * @param partBytes of the largest part
   */
  public boolean beginParts(Object shared, int bytes, int partBytes) {
    return unsent.begin(shared, bytes, partBytes);
  }

  public void sendPart(M part) {
    call.sendMessage(part);
  }

  /** All parts were sent. */
  public void endParts() {
    unsent.end();
    if (call.isReady()) {
      unsent.isReady();
    }
  }

  /** Whether there was no room for something large that it shall be sent. */
  public boolean mustWait() {
    return unsent.mustWait();
  }

  /** Says whether the other end has read nothing for too long. */
  boolean isStuck(long nowNanos) {
    if (call.isReady()) {
      unsent.isReady();
      return false;
    }
    return unsent.isStuckAt(nowNanos);
  }

  /**
   * Ends the whole connection: on the call itself nothing arrives any more, not even why it ends.
   */
  void cut() {
    String reason = unsent.complaint();
    if (!PeerGuard.cut(call.getAttributes(), Limit.UNSENT_BYTES, reason)) {
      end(Refusals.exhausted(reason));
    }
  }

  /** What it was sent and has not taken is no longer counted. */
  void giveBack() {
    unsent.giveBack();
  }

  /** The other end asks for nothing more, and need not be told either. */
  public void complete() {
    call.close(Status.OK, new Metadata());
  }

  public void end(StatusException reason) {
    Metadata trailers = reason.getTrailers();
    call.close(reason.getStatus(), trailers == null ? new Metadata() : trailers);
  }
}
