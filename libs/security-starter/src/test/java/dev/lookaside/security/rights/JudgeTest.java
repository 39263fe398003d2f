package dev.lookaside.security.rights;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.security.identity.Principal;
import dev.lookaside.security.identity.Principal.Proof;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JudgeTest {
  private static final Policy EACH_ROLE =
      new Policy(
          Arrays.stream(Role.values())
              .map(role ->
                  new Policy.Rule(
                      "spiffe://lookaside/" + role.word() + "/*",
                      new Rights(Set.of(role), List.of("worker"))))
              .toList());

  private final Judge judge = new Judge(() -> EACH_ROLE, () -> Optional.of("spiffe://me"));

  /** Each method and each role: who is not in the row may not. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          lookaside.v1.LoadBalancer/Pick                          | client operator
          lookaside.v1.LoadBalancer/Subscribe                     | client operator
          lookaside.v1.LoadBalancer/Report                        | client operator
          lookaside.v1.LoadBalancer/ReportStats                   | client operator
          envoy.service.discovery.v3.AggregatedDiscoveryService/StreamAggregatedResources | client operator
          lookaside.v1.Access/WhoAmI                              | client worker operator metrics balancer
          lookaside.v1.Access/CanI                                | client worker operator metrics balancer
          grpc.health.v1.Health/Check                             | client worker operator metrics balancer
          grpc.health.v1.Health/Watch                             | client worker operator metrics balancer
          xds.service.orca.v3.OpenRcaService/StreamCoreMetrics    | client operator balancer
          grpc.reflection.v1.ServerReflection/ServerReflectionInfo | operator
          envoy.service.load_stats.v3.LoadReportingService/StreamLoadStats | client operator
          envoy.service.status.v3.ClientStatusDiscoveryService/FetchClientStatus | operator
          lookaside.v1.Worker/Execute                             | client
          greeter.v1.Greeter/Greet                                | client
          lookaside.v1.Admin/Drain                                | operator
          envoy.service.discovery.v3.AggregatedDiscoveryService/StreamAggregatedResources | client operator
          envoy.service.load_stats.v3.LoadReportingService/StreamLoadStats | client operator
          envoy.service.status.v3.ClientStatusDiscoveryService/FetchClientStatus | operator
          """)
  void eachMethodIsForSomeRolesOnly(String method, String roles) {
    Set<String> expected = Set.of(roles.split(" "));
    Set<String> allowed =
        Stream.of(Role.values())
            .map(Role::word)
            .filter(role ->
                judge.grant(known("spiffe://lookaside/" + role + "/x")).refusal(method).isEmpty())
            .collect(Collectors.toSet());
    assertThat(allowed).isEqualTo(expected);
    assertThat(judge.grant(Principal.NOBODY).refusal(method)).isPresent();
    assertThat(judge.grant(known("spiffe://elsewhere/client/x")).refusal(method)).isPresent();
    assertThat(judge.grant(known("spiffe://me")).refusal(method)).isEmpty();
  }

  /** What somebody adds tomorrow is denied until it has a row. */
  @ParameterizedTest
  @CsvSource({
    "lookaside.v2.LoadBalancer/Pick",
    "grpc.testing.TestService/EmptyCall",
    "envoy.service.cluster.v3.ClusterDiscoveryService/StreamClusters",
    "xds.service.orca.v4.OpenRcaService/StreamCoreMetrics"
  })
  void aServiceOfTheSystemThatNobodyHasNamedIsForNobody(String method) {
    for (Role role : Role.values()) {
      assertThat(judge.grant(known("spiffe://lookaside/" + role.word() + "/x")).refusal(method))
          .hasValueSatisfying(why -> assertThat(why).contains("(expected: nobody for " + method));
    }
  }

  @Test
  void aTokenDoesNotMakeAnybodyThisProcess() {
    Principal forged = new Principal("spiffe://me", Proof.TOKEN);
    assertThat(judge.grant(forged).refusal("lookaside.v1.LoadBalancer/Pick")).isPresent();
  }

  @Test
  void aWorkerRegistersAsItselfOnlyUnlessIdsAreGiven() {
    Judge judge =
        new Judge(
            () ->
                new Policy(
                    List.of(
                        new Policy.Rule(
                            "spiffe://x/sa/shared",
                            new Rights(Set.of(Role.WORKER), List.of("worker"), List.of("pod-*"))),
                        new Policy.Rule(
                            "spiffe://x/worker/*",
                            new Rights(Set.of(Role.WORKER), List.of("worker"))))),
            Optional::empty);
    assertThat(registers(judge, "spiffe://x/worker/w1", "worker", "w1")).isTrue();
    assertThat(registers(judge, "spiffe://x/worker/w1", "worker", "w2")).isFalse();
    assertThat(registers(judge, "spiffe://x/worker/w1", "billing", "w1")).isFalse();
    assertThat(registers(judge, "spiffe://x/sa/shared", "worker", "pod-7")).isTrue();
    assertThat(registers(judge, "spiffe://x/sa/shared", "worker", "shared")).isFalse();
    assertThat(registers(judge, "spiffe://x/other/w1", "worker", "w1")).isFalse();
    assertThat(judge.refusalToRegister(known("spiffe://x/worker/w1"), Role.BALANCER, "lb", "w1"))
        .contains(
            "'spiffe://x/worker/w1' has the roles [worker] for the services [worker] and the ids"
                + " [its own] (expected: role balancer, service 'lb' and id 'w1')");
  }

  private static boolean registers(Judge judge, String who, String service, String id) {
    return judge.refusalToRegister(known(who), Role.WORKER, service, id).isEmpty();
  }

  @Test
  void saysWhatIsMissing() {
    assertThat(
            judge
                .grant(known("spiffe://lookaside/worker/w1"))
                .refusal("lookaside.v1.LoadBalancer/Pick"))
        .contains(
            "'spiffe://lookaside/worker/w1' has the roles [worker] (expected: one of [client,"
                + " operator] for lookaside.v1.LoadBalancer/Pick)");
    assertThat(judge.grant(known("spiffe://lookaside/client/c1")).refusalOf("billing"))
        .contains(
            "'spiffe://lookaside/client/c1' has no right to service 'billing' (expected: one of"
                + " [worker])");
  }

  private static Principal known(String name) {
    return new Principal(name, Proof.CERTIFICATE);
  }
}
