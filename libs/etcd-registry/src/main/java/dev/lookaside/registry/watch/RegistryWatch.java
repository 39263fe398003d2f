package dev.lookaside.registry.watch;

import dev.lookaside.core.time.Chance;
import dev.lookaside.core.time.Ticker;
import dev.lookaside.registry.EtcdSettings;
import dev.lookaside.registry.address.AddressRules;
import dev.lookaside.registry.codec.EndpointCodec;
import dev.lookaside.registry.codec.RegistryKeys;
import dev.lookaside.registry.jetcd.EtcdClients;
import dev.lookaside.registry.jetcd.JetcdStore;
import dev.lookaside.registry.loop.Bell;
import dev.lookaside.registry.loop.Guard;
import dev.lookaside.registry.loop.OwnThread;
import dev.lookaside.registry.signature.RegistrationCheck;
import dev.lookaside.registry.view.GuardedListener;
import dev.lookaside.registry.view.RegistryListener;
import dev.lookaside.registry.view.RegistrySource;
import dev.lookaside.registry.view.RegistryView;
import dev.lookaside.registry.view.ViewPublisher;
import java.time.Duration;

/**
 * Keeps a view of every service under the root: a full read, a watch from there on, and a full read
 * every few seconds to compare, for etcd's watches miss things.
 *
 * <p>The last good view stays when etcd goes; it is marked stale within five seconds. Endpoints
 * that vanish in numbers, or because etcd lost its memory, are asked themselves before they go, and
 * those that serve stay until they register again or stop serving.
 *
 * <p>All of it happens on one thread of its own, with connections of its own; no method blocks but
 * {@link #close()}, and that one for less than two seconds.
 */
public final class RegistryWatch implements RegistrySource {
  private static final Duration CLOSE_BOUND = Duration.ofMillis(1_500);
  private static final Duration LONGEST_TIMEOUT = Duration.ofSeconds(3);

  private final EtcdSettings etcd;
  private final ViewPublisher publisher;
  private final OwnThread thread;

  public RegistryWatch(
      EtcdSettings etcd,
      RegistryWatchSettings settings,
      LivenessProbe probe,
      AddressRules rules,
      Ticker ticker,
      RegistryListener listener) {
    this(etcd, settings, probe, rules, RegistrationCheck.none(), ticker, listener);
  }

  /** One that believes only what is signed as it should be. */
  public RegistryWatch(
      EtcdSettings etcd,
      RegistryWatchSettings settings,
      LivenessProbe probe,
      AddressRules rules,
      RegistrationCheck check,
      Ticker ticker,
      RegistryListener listener) {
    this.etcd = etcd;
    RegistryListener guarded = new GuardedListener(listener, new Guard(ticker));
    this.publisher = new ViewPublisher(ticker, settings.publishEvery(), guarded);
    RegistryKeys keys = new RegistryKeys(etcd.root());
    RegistryModel model =
        new RegistryModel(
            keys,
            new EndpointCodec(rules),
            check,
            KnownKeys.forHeap(Runtime.getRuntime().maxMemory()),
            new Rejections(ticker, guarded),
            ticker);
    Bell bell = new Bell();
    this.thread =
        new OwnThread(
            "registry-watch",
            bell,
            new RegistryWatchLoop(
                new JetcdStore(etcd, "registry-watch", settings.tryTimeout(), LONGEST_TIMEOUT),
                keys.prefix(),
                settings,
                model,
                probe,
                new WatchInbox(bell),
                publisher,
                guarded,
                ticker,
                Chance.system()));
  }

  /** The root: balancers below it read the same tables at the same revisions. */
  @Override
  public String name() {
    return etcd.root();
  }

  /**
   * Returns at once; etcd need not be there yet.
   *
   * @throws IllegalArgumentException if the password file or a TLS file cannot be read
   */
  @Override
  public void start() {
    EtcdClients.requireReadable(etcd);
    thread.start();
  }

  @Override
  public RegistryView view() {
    return publisher.view();
  }

  /** Ends the watch; the last view stays, as stale. Idempotent. */
  @Override
  public void close() {
    thread.close(CLOSE_BOUND);
  }
}
