package dev.lookaside.registry.registrar;

import dev.lookaside.core.time.Chance;
import dev.lookaside.core.time.Ticker;
import dev.lookaside.registry.EtcdSettings;
import dev.lookaside.registry.jetcd.EtcdClients;
import dev.lookaside.registry.jetcd.JetcdStore;
import dev.lookaside.registry.loop.Bell;
import dev.lookaside.registry.loop.Guard;
import dev.lookaside.registry.loop.OwnThread;
import dev.lookaside.registry.signature.RegistrationSigner;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Keeps one worker's key in etcd: takes a lease, puts the key, renews every third of the TTL, and
 * puts the key back whenever etcd has lost the lease or the key. Start it when the server listens.
 *
 * <p>Two processes with one id do not overwrite each other. A key found under our id is taken over
 * at once if it has our address (our server listens there now, so its writer is dead), our
 * incarnation, no lease, or no readable value. Otherwise its lease decides: if it is renewed while
 * we look, the holder is alive, and the registrar stops with a conflict; if it runs out, the key is
 * ours. This takes at most the holder's TTL and two seconds.
 *
 * <p>All of it happens on one thread of its own, on the monotonic clock, with connections of its
 * own; no method blocks but {@link #close()}, and that one for less than two seconds.
 */
public final class Registrar implements AutoCloseable {
  private static final Duration CLOSE_BOUND = Duration.ofMillis(1_500);

  private final EtcdSettings etcd;
  private final DrainRequest drain = new DrainRequest();
  private final RegistrarLoop loop;
  private final Bell bell = new Bell();
  private final OwnThread thread;

  public Registrar(
      EtcdSettings etcd,
      RegistrarSettings settings,
      Registration registration,
      RegistrarListener listener) {
    this(etcd, settings, registration, RegistrationSigner.none(), listener);
  }

  /** One whose registration is signed. */
  public Registrar(
      EtcdSettings etcd,
      RegistrarSettings settings,
      Registration registration,
      RegistrationSigner signer,
      RegistrarListener listener) {
    this.etcd = etcd;
    String name = "registrar-" + registration.id();
    this.loop =
        new RegistrarLoop(
            new JetcdStore(
                etcd, name, settings.tryTimeout(), settings.longestTry(etcd.endpoints().size())),
            settings,
            new Claim(etcd.root(), registration, signer),
            new GuardedListener(listener, new Guard(Ticker.system())),
            drain,
            Ticker.system(),
            Chance.system());
    this.thread = new OwnThread(name, bell, loop);
  }

  /**
   * Returns at once; etcd need not be there yet.
   *
   * @throws IllegalArgumentException if the password file or a TLS file cannot be read
   */
  public void start() {
    EtcdClients.requireReadable(etcd);
    thread.start();
  }

  /**
   * Puts the state DRAINING. Done when etcd has it, or when there is no key to drain; while etcd is
   * away it stays undone, so wait for it with a bound.
   */
  public CompletableFuture<Void> drain() {
    drain.request();
    bell.ring();
    return drain.granted();
  }

  public RegistrarStatus status() {
    return loop.status();
  }

  /** Revokes the lease, waiting for at most a second. Idempotent. */
  @Override
  public void close() {
    thread.close(CLOSE_BOUND);
  }
}
