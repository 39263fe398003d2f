package dev.lookaside.registry.testing;

import dev.lookaside.registry.EtcdSettings;
import dev.lookaside.registry.registrar.Registrar;
import dev.lookaside.registry.registrar.RegistrarSettings;
import dev.lookaside.registry.registrar.RegistrarStatus;
import dev.lookaside.registry.registrar.RegistrarStatus.Phase;
import dev.lookaside.registry.view.RegistrySync.InSync;
import dev.lookaside.registry.view.RegistryView;
import dev.lookaside.registry.watch.LivenessProbe;
import dev.lookaside.registry.watch.RegistryWatch;
import java.time.Duration;

/** The two who use an etcd: the registrar of a worker {@code w1}, and a watch that sees it. */
public final class WorkerAndWatch implements AutoCloseable {
  private final Registrar registrar;
  private final RegistryWatch watch;

  private WorkerAndWatch(Registrar registrar, RegistryWatch watch) {
    this.registrar = registrar;
    this.watch = watch;
  }

  /**
   * Returns at once.
   *
   * @param recorder writes down what both tell
   */
  public static WorkerAndWatch start(EtcdSettings etcd, Duration leaseTtl, Recorder recorder) {
    WorkerAndWatch both =
        new WorkerAndWatch(
            registrar(etcd, leaseTtl, recorder),
            Watches.watch(etcd, LivenessProbe.none(), recorder));
    both.registrar.start();
    both.watch.start();
    return both;
  }

  /** The worker's alone, and not started. */
  public static Registrar registrar(EtcdSettings etcd, Duration leaseTtl, Recorder recorder) {
    return new Registrar(
        etcd, RegistrarSettings.withLeaseTtl(leaseTtl), Workers.worker("w1", 50_052), recorder);
  }

  public RegistrarStatus status() {
    return registrar.status();
  }

  public RegistryView view() {
    return watch.view();
  }

  public boolean registered() {
    return status().phase() == Phase.REGISTERED;
  }

  public boolean inSync() {
    return view().sync() instanceof InSync;
  }

  /** Whether the watch has a worker of this id. */
  public boolean sees(String id) {
    return view().tables().containsKey("worker")
        && view().tables().get("worker").find(id).isPresent();
  }

  @Override
  public void close() {
    watch.close();
    registrar.close();
  }
}
