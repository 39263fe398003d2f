package dev.lookaside.lb.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lookaside.core.endpoint.Address;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.Locality;
import dev.lookaside.etcd.embedded.EmbeddedEtcd;
import dev.lookaside.lb.testing.RunningLb;
import dev.lookaside.registry.EtcdSettings;
import dev.lookaside.registry.registrar.Registrar;
import dev.lookaside.registry.registrar.RegistrarListener;
import dev.lookaside.registry.registrar.RegistrarSettings;
import dev.lookaside.registry.registrar.Registration;
import dev.lookaside.registry.signature.RegistrationSigner;
import dev.lookaside.registry.view.RegistrySource;
import dev.lookaside.tls.LiveTls;
import dev.lookaside.tls.PemFiles;
import dev.lookaside.tls.development.DevelopmentAuthority;
import dev.lookaside.tls.development.Wanted;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody can write to etcd, and has no certificate of ours, or not that of a balancer. */
final class SignedRegistrationsTest {
  private final List<Registrar> registrars = new ArrayList<>();
  private DevelopmentAuthority ours;
  private DevelopmentAuthority theirs;
  private RunningLb lb;

  @BeforeEach
  void start(@TempDir Path directory) throws Exception {
    ours = DevelopmentAuthority.in(directory.resolve("ours"));
    theirs = DevelopmentAuthority.in(directory.resolve("theirs"));
    PemFiles own = ours.issue(Wanted.of("lb1", "uri:spiffe://x/balancer/lb1", "ip:127.0.0.1"));
    Path policy = directory.resolve("policy.yaml");
    Files.writeString(
        policy,
        """
        principals:
          - {principal: "spiffe://x/worker/*", roles: [worker], services: [worker]}
          - {principal: "spiffe://x/balancer/*", roles: [balancer]}
        """);
    lb =
        RunningLb.start(
            "--lb.registry=embedded",
            "--lb.id=lb1",
            "--security.enabled=true",
            "--security.policy-file=" + policy,
            "--security.tls.bundle=own",
            "--spring.ssl.bundle.pem.own.keystore.certificate=" + own.certificate().orElseThrow(),
            "--spring.ssl.bundle.pem.own.keystore.private-key=" + own.key().orElseThrow(),
            "--spring.ssl.bundle.pem.own.truststore.certificate=" + ours.ca());
  }

  @AfterEach
  void stop() {
    registrars.forEach(Registrar::close);
    lb.close();
  }

  @Test
  void whoCanWriteToEtcdSendsClientsNowhere() {
    PemFiles w1 = ours.issue(Wanted.of("w1", "uri:spiffe://x/worker/w1"));
    register("worker", "forged", theirs.issue(Wanted.of("f", "uri:spiffe://x/worker/forged")));
    register("worker", "unsigned", PemFiles.trusting(ours.ca()));
    register("worker", "w2", w1);
    register("lb", "evil", theirs.issue(Wanted.of("e", "uri:spiffe://x/balancer/evil")));
    register("lb", "w1", w1);
    register("worker", "w1", w1);

    await().until(() -> ids("worker").contains("w1") && ids("lb").contains("lb1"));
    await()
        .until(() ->
            disbelieved("certificate") >= 2
                && disbelieved("unsigned") >= 1
                && disbelieved("rights") >= 2);

    assertThat(ids("worker")).containsExactly("w1");
    assertThat(ids("lb")).containsExactly("lb1");
  }

  private void register(String service, String id, PemFiles files) {
    EtcdSettings etcd = EtcdSettings.of(lb.context().getBean(EmbeddedEtcd.class).clientUri());
    Registrar registrar =
        new Registrar(
            etcd,
            RegistrarSettings.defaults(),
            new Registration(
                service,
                id,
                new Address("127.0.0.1", 40_000 + registrars.size()),
                Locality.UNSPECIFIED,
                1,
                2,
                "1",
                Map.of()),
            new RegistrationSigner(
                etcd.root(), Optional.of(new LiveTls(files.load())), InstantSource.system()),
            new RegistrarListener() {});
    registrars.add(registrar);
    registrar.start();
  }

  private List<String> ids(String service) {
    var table = lb.context().getBean(RegistrySource.class).view().tables().get(service);
    return table == null ? List.of() : table.endpoints().stream().map(Endpoint::id).toList();
  }

  private double disbelieved(String cause) {
    return lb.context()
        .getBean(MeterRegistry.class)
        .get("lookaside.registry.disbelieved")
        .tag("cause", cause)
        .counter()
        .count();
  }
}
