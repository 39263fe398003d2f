package dev.lookaside.security.audit;

import com.google.gson.JsonObject;
import dev.lookaside.core.check.Printable;
import dev.lookaside.core.concurrent.DaemonThreads;
import dev.lookaside.security.identity.Principal;
import io.grpc.Grpc;
import io.grpc.ServerCall;
import java.time.InstantSource;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Who did what, one JSON line each, written on a thread of its own. When more comes than is
 * written, lines are left out, and the next one says how many.
 */
public final class AuditLog implements AutoCloseable {
  static final int MOST_WAITING = 1_024;
  private static final int LONGEST = 256;

  private final InstantSource clock;
  private final Consumer<String> lines;
  private final AtomicLong leftOut = new AtomicLong();
  private final ThreadPoolExecutor writer =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(MOST_WAITING),
          new DaemonThreads("lookaside-audit"),
          (task, executor) -> leftOut.incrementAndGet());

  /**
   * @param lines takes each line; may block
   */
  public AuditLog(InstantSource clock, Consumer<String> lines) {
    this.clock = clock;
    this.lines = lines;
  }

  /** A call that was not let in. */
  public void refused(ServerCall<?, ?> call, Principal principal, String reason) {
    JsonObject line = line("refused", call, principal);
    line.addProperty("reason", Printable.of(reason, LONGEST));
    write(line);
  }

  /**
   * A call that changes something or lasts.
   *
   * @param claimedClient who it says it is, in its own words
   */
  public void called(
      ServerCall<?, ?> call, Principal principal, String service, String claimedClient) {
    JsonObject line = line("called", call, principal);
    line.addProperty("service", Printable.of(service, LONGEST));
    line.addProperty("claimedClient", Printable.of(claimedClient, LONGEST));
    write(line);
  }

  /**
   * Something that an operator decided, after it was stored.
   *
   * @param by who did, by this proof
   */
  public void decided(
      String action, String by, String proof, String service, String what, String why) {
    JsonObject line = new JsonObject();
    line.addProperty("time", clock.instant().toString());
    line.addProperty("event", "decided");
    line.addProperty("action", action);
    line.addProperty("principal", Printable.of(by, LONGEST));
    line.addProperty("proof", proof);
    line.addProperty("service", Printable.of(service, LONGEST));
    line.addProperty("what", Printable.of(what, LONGEST));
    line.addProperty("why", Printable.of(why, LONGEST));
    write(line);
  }

  /**
   * A request that was not let in.
   *
   * @param what its method and path
   * @param address where it comes from
   */
  public void refused(String what, Principal principal, String address, String reason) {
    JsonObject line = line("refused", what, principal, address);
    line.addProperty("reason", Printable.of(reason, LONGEST));
    write(line);
  }

  /**
   * A request that changes something.
   *
   * @param what its method and path
   * @param address where it comes from
   */
  public void changed(String what, Principal principal, String address) {
    write(line("changed", what, principal, address));
  }

  private JsonObject line(String event, ServerCall<?, ?> call, Principal principal) {
    return line(
        event,
        call.getMethodDescriptor().getFullMethodName(),
        principal,
        String.valueOf(call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR)));
  }

  private JsonObject line(String event, String method, Principal principal, String address) {
    JsonObject line = new JsonObject();
    line.addProperty("time", clock.instant().toString());
    line.addProperty("event", event);
    line.addProperty("method", Printable.of(method, LONGEST));
    line.addProperty("principal", Printable.of(principal.name(), LONGEST));
    line.addProperty("proof", principal.proof().name());
    line.addProperty("address", Printable.of(address));
    return line;
  }

  private void write(JsonObject line) {
    writer.execute(() -> {
      long missing = leftOut.getAndSet(0);
      if (missing > 0) {
        line.addProperty("leftOutBefore", missing);
      }
      lines.accept(line.toString());
    });
  }

  /** What waits is still written, for a second at most. Idempotent. */
  @Override
  public void close() {
    writer.shutdown();
    try {
      if (!writer.awaitTermination(1, TimeUnit.SECONDS)) {
        writer.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
