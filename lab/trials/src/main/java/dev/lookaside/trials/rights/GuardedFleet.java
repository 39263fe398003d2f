package dev.lookaside.trials.rights;

import dev.lookaside.testing.net.FreePorts;
import dev.lookaside.tls.PemFiles;
import dev.lookaside.tls.development.DevelopmentAuthority;
import dev.lookaside.tls.development.Wanted;
import dev.lookaside.trials.process.App;
import dev.lookaside.trials.process.Local;
import dev.lookaside.trials.process.RunningApp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A balancer and a worker under mTLS, with rights. */
final class GuardedFleet implements AutoCloseable {
  private static final Duration STARTING = Duration.ofMinutes(2);

  final int rpc = FreePorts.one();
  final int http = FreePorts.one();
  final int worker = FreePorts.one();
  final int workerHttp = FreePorts.one();
  private final int etcd = FreePorts.one();
  private final RunningApp balancerApp;
  private final RunningApp workerApp;

  private GuardedFleet(Path logs, DevelopmentAuthority authority, Path policy) {
    List<String> balancer =
        new ArrayList<>(
            List.of(
                "--lb.port=" + rpc,
                "--server.port=" + http,
                "--lb.registry=embedded",
                "--lb.embedded.port=" + etcd,
                "--lb.csds.enabled=true",
                "--lookaside.debug.reflection=true",
                "--lookaside.debug.channelz=true"));
    balancer.addAll(security(issue(authority, "balancer"), policy));
    balancerApp = RunningApp.start(App.BALANCER, "lb", logs, balancer);
    List<String> other =
        new ArrayList<>(
            List.of(
                "--worker.id=worker1",
                "--worker.port=" + worker,
                "--server.port=" + workerHttp,
                "--etcd.endpoints=http://127.0.0.1:" + etcd));
    other.addAll(security(issue(authority, "worker"), policy));
    workerApp = RunningApp.start(App.WORKER, "worker", logs, other);
  }

  static GuardedFleet start(Path logs, DevelopmentAuthority authority, Path directory)
      throws InterruptedException {
    GuardedFleet fleet = new GuardedFleet(logs, authority, policy(directory));
    try {
      Local.await("the balancer", STARTING, fleet.balancerApp, () -> Local.listens(fleet.rpc));
      Local.await("the worker", STARTING, fleet.workerApp, () -> Local.listens(fleet.worker));
      Local.await("its HTTP", STARTING, fleet.workerApp, () -> Local.listens(fleet.workerHttp));
      return fleet;
    } catch (RuntimeException | InterruptedException e) {
      fleet.close();
      throw e;
    }
  }

  static PemFiles issue(DevelopmentAuthority authority, String role) {
    return authority.issue(
        Wanted.of(
            role,
            "uri:spiffe://lookaside/" + role + "/" + role + "1",
            "dns:localhost",
            "ip:127.0.0.1"));
  }

  private static Path policy(Path directory) {
    StringBuilder text = new StringBuilder("principals:\n");
    for (String role : Caller.ROLES) {
      text.append(
          "  - {principal: \"spiffe://lookaside/%s/*\", roles: [%s]}%n".formatted(role, role));
    }
    try {
      Path policy = directory.resolve("policy.yaml");
      Files.writeString(policy, text);
      Files.setPosixFilePermissions(policy, PosixFilePermissions.fromString("rw-------"));
      return policy.toAbsolutePath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> security(PemFiles own, Path policy) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--security.enabled=true",
                "--security.policy-file=" + policy,
                "--security.tls.bundle=own",
                "--server.ssl.bundle=own"));
    arguments.addAll(bundle(own));
    return arguments;
  }

  /** The bundle of this name. */
  static List<String> bundle(PemFiles own) {
    String bundle = "--spring.ssl.bundle.pem.own.";
    return List.of(
        bundle + "keystore.certificate=" + own.certificate().orElseThrow().toAbsolutePath(),
        bundle + "keystore.private-key=" + own.key().orElseThrow().toAbsolutePath(),
        bundle + "truststore.certificate=" + own.ca().orElseThrow().toAbsolutePath());
  }

  @Override
  public void close() {
    workerApp.close();
    balancerApp.close();
  }
}
