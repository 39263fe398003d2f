package dev.lookaside.client.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lookaside.testing.etcd.EtcdProcess;
import dev.lookaside.testing.etcd.RequiresRealEtcd;
import dev.lookaside.testing.etcd.TlsFiles;
import dev.lookaside.testing.net.FreePorts;
import dev.lookaside.tls.PeerNames;
import dev.lookaside.tls.PemFiles;
import dev.lookaside.tls.PemTls;
import dev.lookaside.tls.development.DevelopmentAuthority;
import dev.lookaside.tls.development.Wanted;
import io.grpc.ChannelCredentials;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every hop under mTLS, rights and signatures on, etcd with certificates and a password: real
 * processes, whose certificates change under load.
 */
@RequiresRealEtcd
final class MutualTlsIT {
  private static final Duration STARTUP = Duration.ofSeconds(90);
  private static final Duration RELOAD = Duration.ofSeconds(30);
  private static final Pace PACE = Pace.ofThisRun();
  private static final String USER = "fleet";
  private static final String PASSWORD = "open";

  /** The names of whoever shows one, and of what they show it as. */
  private static final List<String> ROLES =
      List.of("etcd/etcd", "balancer/lb1", "worker/w1", "worker/w2", "client/client1");

  @TempDir Path directory;
  private final Path logs = Path.of("target", "e2e", "mutual-tls");
  private final List<AutoCloseable> running = new ArrayList<>();

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable each : running) {
      each.close();
    }
  }

  @Test
  void everyCertificateChangesUnderLoadAndNoCallFails() throws Exception {
    DevelopmentAuthority authority = DevelopmentAuthority.in(directory.resolve("pki"));
    List<PemFiles> files = ROLES.stream().map(role -> issue(authority, role)).toList();
    EtcdProcess etcd = keep(EtcdProcess.start(ofEtcd(files.get(0))));
    etcd.ctl().requirePassword(USER, PASSWORD);
    List<String> common = common(etcd);
    int balancer = FreePorts.one();
    int http = FreePorts.one();
    List<Integer> workers = List.of(FreePorts.one(), FreePorts.one());
    keep(startBalancer(balancer, http, files.get(1), common));
    for (int i = 0; i < 2; i++) {
      keep(startWorker("w" + (i + 1), workers.get(i), files.get(2 + i), common));
    }
    ChannelCredentials client = PemTls.follow(files.get(4)).channelCredentials(PeerNames.theHost());
    SubscribedLoad.awaitWorkers(balancer, client, workers, STARTUP);

    try (SubscribedLoad load = SubscribedLoad.start("127.0.0.1:" + balancer, client)) {
      ROLES.forEach(role -> issue(authority, role));
      awaitShown("etcd", files.get(0), etcd.clientUri().getPort());
      awaitShown("the balancer", files.get(1), balancer);
      awaitShown("the balancer by HTTPS", files.get(1), http);
      awaitShown("worker 1", files.get(2), workers.get(0));
      awaitShown("worker 2", files.get(3), workers.get(1));
      // Whoever connects from now on shows what is new to what is new.
      SubscribedLoad.awaitWorkers(balancer, client, workers, STARTUP);
      int sent = load.sentSoFar();
      int more = (int) PACE.load().toSeconds() * SubscribedLoad.TASKS_PER_SECOND;
      await("more calls")
          .atMost(PACE.load().multipliedBy(3))
          .until(() -> load.sentSoFar() > sent + more);

      SubscribedLoad.Result result = load.stop();
      System.out.println("MutualTlsIT: every certificate changed: " + result);
      assertThat(result.failed()).isEmpty();
    }
  }

  private static void awaitShown(String who, PemFiles files, int port) {
    await(who + " shows its new certificate")
        .atMost(RELOAD)
        .pollInterval(Duration.ofMillis(200))
        .until(() -> ShownCertificate.isOf(files, port));
  }

  private static PemFiles issue(DevelopmentAuthority authority, String role) {
    return authority.issue(
        Wanted.of(
            role.substring(role.indexOf('/') + 1),
            "uri:spiffe://lookaside/" + role,
            "dns:localhost",
            "ip:127.0.0.1"));
  }

  private static TlsFiles ofEtcd(PemFiles files) {
    return new TlsFiles(
        files.ca().orElseThrow(), files.certificate().orElseThrow(), files.key().orElseThrow());
  }

  private <T extends AutoCloseable> T keep(T started) {
    running.add(0, started);
    return started;
  }

  private List<String> common(EtcdProcess etcd) throws Exception {
    Path password =
        Files.createFile(
            directory.resolve("password"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(password, PASSWORD);
    Path policy =
        Files.writeString(
            directory.resolve("policy.yaml"),
            """
            principals:
              - {principal: "spiffe://lookaside/balancer/*", roles: [balancer]}
              - {principal: "spiffe://lookaside/worker/*", roles: [worker]}
              - {principal: "spiffe://lookaside/client/*", roles: [client]}
            """);
    return List.of(
        "--etcd.endpoints=" + etcd.clientUri(),
        "--etcd.tls.bundle=own",
        "--etcd.username=" + USER,
        "--etcd.password-file=" + password,
        "--security.enabled=true",
        "--security.policy-file=" + policy,
        "--security.tls.bundle=own",
        "--server.ssl.bundle=own",
        "--spring.ssl.bundle.pem.own.reload-on-update=true",
        "--spring.ssl.bundle.watch.file.quiet-period=1s");
  }

  private AppProcess startBalancer(int port, int http, PemFiles files, List<String> common) {
    return start(
        "lb-service",
        "lb1",
        files,
        common,
        List.of("--lb.port=" + port, "--lb.id=lb1", "--lb.type=rr", "--server.port=" + http));
  }

  private AppProcess startWorker(String id, int port, PemFiles files, List<String> common) {
    return start(
        "worker-service",
        id,
        files,
        common,
        List.of("--worker.port=" + port, "--worker.id=" + id, "--server.port=0"));
  }

  private AppProcess start(
      String module, String name, PemFiles files, List<String> common, List<String> own) {
    String bundle = "--spring.ssl.bundle.pem.own.";
    Stream<String> bundled =
        Stream.of(
            bundle + "keystore.certificate=" + files.certificate().orElseThrow(),
            bundle + "keystore.private-key=" + files.key().orElseThrow(),
            bundle + "truststore.certificate=" + files.ca().orElseThrow());
    return AppProcess.start(
        module,
        name,
        logs,
        Stream.of(common.stream(), own.stream(), bundled).flatMap(each -> each).toList());
  }
}
