package dev.lookaside.client.grpc.subscription;

import dev.lookaside.core.endpoint.Address;
import dev.lookaside.v1.ClientStats;
import dev.lookaside.v1.SubscribeRequest;
import dev.lookaside.v1.SubscribeResponse;
import io.grpc.Status;
import java.time.Duration;
import java.util.function.Consumer;

/** One connection to one balancer: the subscription, reports of outcomes, probes. Used once. */
public interface BalancerLink extends AutoCloseable {

  /** Opens links. */
  interface Opener {

    /** May throw: a name that a balancer told need not be one that can be dialed. */
    BalancerLink open(Address address);
  }

  /** Hears what comes of the subscription, on any thread, one call after the other. */
  interface Listener {

    /** The next message comes when {@link BalancerLink#more} is called. */
    void message(SubscribeResponse message);

    /** The stream is over. */
    void ended(Status status);

    /** The stream goes on, but its connection takes no new calls: the balancer wants to be left. */
    void aged();
  }

  Address address();

  void subscribe(SubscribeRequest request, Listener listener);

  /** Asks for one more message. */
  void more();

  /**
   * When the balancer last gave a sign of life on the stream, or the link was made: the stream was
   * created, headers came, or bytes of a message.
   */
  long aliveNanos();

  /** Asks on this connection, but not on the stream, whether anyone is there. */
  void probe(Duration timeout, Consumer<Status> answer);

  /**
   * Whether a report would be taken now; if not, the stream for it is being opened, or the last
   * report was not read yet. For one thread at a time, as is {@link #report}.
   */
  boolean takesReports();

  void report(ClientStats outcomes);

  /** Ends the link when what was reported has arrived, but soon. */
  void leave();

  /** Ends the link at once. */
  @Override
  void close();
}
