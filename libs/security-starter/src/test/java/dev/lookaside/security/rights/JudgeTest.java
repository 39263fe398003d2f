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
          xds.service.orca.v3.OpenRcaService/StreamCoreMetrics    | operator balancer
          grpc.reflection.v1.ServerReflection/ServerReflectionInfo | operator
          envoy.service.load_stats.v3.LoadReportingService/StreamLoadStats | client operator
          envoy.service.status.v3.ClientStatusDiscoveryService/FetchClientStatus | operator
          lookaside.v1.Worker/Execute                             | client
          greeter.v1.Greeter/Greet                                | client
          """)
  void eachMethodIsForSomeRolesOnly(String method, String roles) {
    Set<String> expected = Set.of(roles.split(" "));
    Set<String> allowed =
        Stream.of(Role.values())
            .map(Role::word)
            .filter(
                role -> judge.refusal(known("spiffe://lookaside/" + role + "/x"), method).isEmpty())
            .collect(Collectors.toSet());
    assertThat(allowed).isEqualTo(expected);
    assertThat(judge.refusal(Principal.NOBODY, method)).isPresent();
    assertThat(judge.refusal(known("spiffe://elsewhere/client/x"), method)).isPresent();
    assertThat(judge.refusal(known("spiffe://me"), method)).isEmpty();
  }

  @Test
  void aTokenDoesNotMakeAnybodyThisProcess() {
    Principal forged = new Principal("spiffe://me", Proof.TOKEN);
    assertThat(judge.refusal(forged, "lookaside.v1.LoadBalancer/Pick")).isPresent();
  }

  @Test
  void saysWhatIsMissing() {
    assertThat(
            judge.refusal(known("spiffe://lookaside/worker/w1"), "lookaside.v1.LoadBalancer/Pick"))
        .contains(
            "'spiffe://lookaside/worker/w1' has the roles [worker] (expected: one of [client,"
                + " operator] for lookaside.v1.LoadBalancer/Pick)");
    assertThat(judge.refusalOf(known("spiffe://lookaside/client/c1"), "billing"))
        .contains(
            "'spiffe://lookaside/client/c1' has no right to service 'billing' (expected: one of"
                + " [worker])");
  }

  private static Principal known(String name) {
    return new Principal(name, Proof.CERTIFICATE);
  }
}
