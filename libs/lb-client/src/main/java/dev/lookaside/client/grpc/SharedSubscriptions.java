package dev.lookaside.client.grpc;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;

/**
 * The subscriptions of this process. Channels to the same service with the same settings share one,
 * with its connection to a balancer, its table and what is known of loads; it ends with the last of
 * them.
 */
final class SharedSubscriptions {

  /** A share, and how many take part in it. */
  private record Counted(Share share, int members) {
    Counted plus(int more) {
      return new Counted(share, members + more);
    }
  }

  private static final class OfThisProcess {
    private static final SharedSubscriptions INSTANCE =
        new SharedSubscriptions(new ShareFactory(ProcessThreads.clockwork())::make);
  }

  private final BiFunction<String, ClientSettings, Share> maker;
  private final Map<SharingKey, Counted> shares = new HashMap<>();

  /**
   * @param maker makes what a new share consists of, and starts nothing
   */
  SharedSubscriptions(BiFunction<String, ClientSettings, Share> maker) {
    this.maker = maker;
  }

  /** Those of all channels of this process, whichever provider made their resolvers. */
  static SharedSubscriptions ofThisProcess() {
    return OfThisProcess.INSTANCE;
  }

  /** Takes part in a subscription, which is started if there is none. */
  Membership join(String service, ClientSettings settings) {
    SharingKey key = SharingKey.of(service, settings);
    Counted counted;
    synchronized (shares) {
      counted =
          shares.compute(
              key,
              (k, known) ->
                  known == null ? new Counted(maker.apply(service, settings), 1) : known.plus(1));
    }
    if (counted.members() == 1) {
      counted.share().subscription().start();
    }
    return new Membership(key, counted.share());
  }

  int count() {
    synchronized (shares) {
      return shares.size();
    }
  }

  private void leave(SharingKey key, Share share) {
    Counted rest;
    synchronized (shares) {
      rest =
          shares.computeIfPresent(key, (k, known) -> known.members() == 1 ? null : known.plus(-1));
    }
    if (rest == null) {
      share.subscription().close();
    }
  }

  /** One channel's part in a share. */
  final class Membership implements AutoCloseable {
    private final SharingKey key;
    private final Share share;
    private final AtomicBoolean left = new AtomicBoolean();

    private Membership(SharingKey key, Share share) {
      this.key = key;
      this.share = share;
    }

    Share share() {
      return share;
    }

    /** The last one to leave ends the share. */
    @Override
    public void close() {
      if (!left.getAndSet(true)) {
        leave(key, share);
      }
    }
  }
}
