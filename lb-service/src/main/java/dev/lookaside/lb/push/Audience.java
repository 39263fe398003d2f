package dev.lookaside.lb.push;

import dev.lookaside.core.time.Ticker;
import dev.lookaside.lb.rpc.Refusals;
import io.grpc.StatusException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * All who stay connected to be told what is new: how many may come, whose turn it is, and who waits
 * for room. Nothing is queued for anybody: each of the {@link Rounds} sends a receiver what it
 * misses, and passes over who cannot take a message.
 *
 * <p>Whatever thread may say that a receiver comes, is ready or is gone; all else is for the
 * publisher's thread.
 */
public final class Audience<R extends Receiver> implements AutoCloseable {

  /**
   * How many may come.
   *
   * @param what they are called, such as "subscriptions"
   * @param most of them all
   * @param perConnection of them on one connection
   */
  public record Capacity(String what, int most, int perConnection) {

    private Optional<StatusException> refusal(int all, int onConnection) {
      if (all >= most) {
        return Optional.of(tooMany("this balancer has " + all, most));
      }
      return onConnection < perConnection
          ? Optional.empty()
          : Optional.of(tooMany("this connection has " + onConnection, perConnection));
    }

    private StatusException tooMany(String have, int allowed) {
      return Refusals.exhausted(have + " " + what + " (expected: at most " + allowed + ")");
    }
  }

  /** What there is to tell. On the publisher's thread. */
  public interface Host<R> {
    /** One has come, and will be served. */
    void joined(R receiver);

    /** Sends it what it misses, as far as it can take it now. */
    void serve(R receiver);

    /** One has gone, or is sent away. */
    void left(R receiver);
  }

  private final PublisherThread thread;
  private final Ticker ticker;
  private final Unsent unsent;
  private final Capacity capacity;
  private final Host<R> host;
  private final Rounds<R> rounds;
  private final Set<R> receivers = new LinkedHashSet<>();
  private final Map<Object, Integer> perConnection = new HashMap<>();
  private final Set<R> waitingForRoom = new LinkedHashSet<>();
  private volatile boolean closing;
  private volatile int size;

  public Audience(
      PublisherThread thread, Ticker ticker, Unsent unsent, Capacity capacity, Host<R> host) {
    this.thread = thread;
    this.ticker = ticker;
    this.unsent = unsent;
    this.capacity = capacity;
    this.host = host;
    this.rounds = new Rounds<>(thread, ticker, this::serve);
  }

  /** Begins to serve a receiver, or ends its call with the reason why not. */
  public void open(R receiver) {
    if (!thread.tryExecute(() -> admit(receiver))) {
      receiver.outlet().end(Refusals.shuttingDown());
    }
  }

  /** Notes that a receiver can take messages again. */
  public void ready(R receiver) {
    thread.execute(() -> {
      if (has(receiver)) {
        rounds.add(receiver);
      }
    });
  }

  /** Notes that a receiver is gone. */
  public void gone(R receiver) {
    thread.execute(() -> remove(receiver));
  }

  /** How many there are; for any thread. */
  public int size() {
    return size;
  }

  public boolean has(R receiver) {
    return receivers.contains(receiver);
  }

  public Stream<R> stream() {
    return receivers.stream();
  }

  /** There is something new for it. */
  public void tell(R receiver) {
    rounds.add(receiver);
  }

  /** The same, and its turn comes before that of those who are not urgent. */
  public void tellSoon(R receiver) {
    rounds.addUrgent(receiver);
  }

  public void tellAll() {
    receivers.forEach(rounds::add);
  }

  public void tellAllSoon() {
    receivers.forEach(rounds::addUrgent);
  }

  /** Whether all were told everything. */
  public boolean isIdle() {
    return rounds.isEmpty();
  }

  /** Sends one away. */
  public void end(R receiver, StatusException reason) {
    if (remove(receiver)) {
      receiver.outlet().end(reason);
    }
  }

  /** One asks for nothing more. */
  public void complete(R receiver) {
    if (remove(receiver)) {
      receiver.outlet().complete();
    }
  }

  /** Who reads nothing is cut. */
  public void cutWhoIsStuck() {
    List.copyOf(receivers).forEach(this::isCut);
  }

  private void admit(R receiver) {
    Object connection = receiver.outlet().connection();
    Optional<StatusException> refusal =
        closing
            ? Optional.of(Refusals.shuttingDown())
            : capacity.refusal(receivers.size(), perConnection.getOrDefault(connection, 0));
    if (refusal.isPresent()) {
      receiver.outlet().end(refusal.get());
      return;
    }
    receivers.add(receiver);
    perConnection.merge(connection, 1, Integer::sum);
    size = receivers.size();
    try {
      host.joined(receiver);
    } catch (RuntimeException e) {
      end(receiver, Refusals.internal(e));
    }
  }

  private boolean remove(R receiver) {
    if (!receivers.remove(receiver)) {
      return false;
    }
    size = receivers.size();
    Outlet<?> outlet = receiver.outlet();
    perConnection.computeIfPresent(outlet.connection(), (c, n) -> n == 1 ? null : n - 1);
    rounds.remove(receiver);
    waitingForRoom.remove(receiver);
    outlet.giveBack();
    host.left(receiver);
    return true;
  }

  private void serve(R receiver) {
    if (!has(receiver) || isCut(receiver)) {
      return;
    }
    try {
      host.serve(receiver);
      if (receiver.outlet().mustWait()) {
        waitingForRoom.add(receiver);
      }
    } catch (RuntimeException e) {
      end(receiver, Refusals.internal(e));
    }
    if (unsent.hasRoomAgain() && !waitingForRoom.isEmpty()) {
      waitingForRoom.forEach(rounds::addUrgent);
      waitingForRoom.clear();
    }
  }

  private boolean isCut(R receiver) {
    if (!receiver.outlet().isStuck(ticker.nanos())) {
      return false;
    }
    remove(receiver);
    receiver.outlet().cut();
    return true;
  }

  /** Ends every call, so that clients go elsewhere at once, and takes no new one. */
  @Override
  public void close() {
    closing = true;
    thread.execute(
        () -> List.copyOf(receivers).forEach(receiver -> end(receiver, Refusals.shuttingDown())));
  }
}
