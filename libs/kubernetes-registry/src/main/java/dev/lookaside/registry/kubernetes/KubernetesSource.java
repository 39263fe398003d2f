package dev.lookaside.registry.kubernetes;

import dev.lookaside.core.time.Chance;
import dev.lookaside.core.time.Ticker;
import dev.lookaside.registry.address.AddressRules;
import dev.lookaside.registry.loop.Bell;
import dev.lookaside.registry.loop.Guard;
import dev.lookaside.registry.loop.OwnThread;
import dev.lookaside.registry.view.GuardedListener;
import dev.lookaside.registry.view.RegistryListener;
import dev.lookaside.registry.view.RegistrySource;
import dev.lookaside.registry.view.RegistryView;
import dev.lookaside.registry.view.ViewPublisher;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Duration;
import java.util.Map;

/**
 * The endpoints of Kubernetes' Services that have a label: no registration, no etcd of one's own.
 * Pods that are ready take calls, those that end drain. The last good view stays when the API
 * server goes; it is then marked stale.
 */
public final class KubernetesSource implements RegistrySource {
  private static final Duration CLOSE_BOUND = Duration.ofMillis(1_500);

  /** About what an endpoint takes here and in all that is made of it. */
  private static final int HEAP_PER_ENDPOINT = 2 << 10;

  private final String name;
  private final ViewPublisher publisher;
  private final OwnThread thread;

  /**
   * Reads where this process is told to, by its service account or its kubeconfig.
   *
   * @param balancersName what the Service of the balancers is called here
   */
  public KubernetesSource(
      KubernetesSettings settings,
      String balancersName,
      AddressRules rules,
      Ticker ticker,
      RegistryListener listener) {
    this(client(settings), settings, balancersName, rules, ticker, listener);
  }

  KubernetesSource(
      KubernetesClient client,
      KubernetesSettings settings,
      String balancersName,
      AddressRules rules,
      Ticker ticker,
      RegistryListener listener) {
    RegistryListener guarded = new GuardedListener(listener, new Guard(ticker));
    this.name =
        "kubernetes/"
            + (settings.namespace().isEmpty() ? client.getNamespace() : settings.namespace());
    this.publisher = new ViewPublisher(ticker, settings.publishEvery(), guarded);
    Bell bell = new Bell();
    this.thread =
        new OwnThread(
            "kubernetes-watch",
            bell,
            new SliceWatchLoop(
                new Fabric8Store(client, settings),
                settings,
                new Slices(
                    new SliceReader(settings.portName(), rules),
                    settings.balancers().isEmpty()
                        ? Map.of()
                        : Map.of(settings.balancers(), balancersName),
                    mostEndpoints(Runtime.getRuntime().maxMemory()),
                    guarded,
                    ticker),
                new SliceInbox(bell),
                publisher,
                guarded,
                ticker,
                Chance.system()));
  }

  private static int mostEndpoints(long heapBytes) {
    return (int) Math.min(1_000_000, Math.max(1_000, heapBytes / HEAP_PER_ENDPOINT));
  }

  /** The loop retries by itself, at its own pace, so the client must not. */
  private static KubernetesClient client(KubernetesSettings settings) {
    Config config =
        new ConfigBuilder(Config.autoConfigure(null))
            .withConnectionTimeout((int) settings.timeout().toMillis())
            .withRequestTimeout((int) settings.timeout().toMillis())
            .withRequestRetryBackoffLimit(0)
            .withWatchReconnectLimit(0)
            .build();
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void start() {
    thread.start();
  }

  @Override
  public RegistryView view() {
    return publisher.view();
  }

  @Override
  public void close() {
    thread.close(CLOSE_BOUND);
  }
}
