package dev.lookaside.security.rights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lookaside.security.identity.Principal;
import dev.lookaside.security.identity.Principal.Proof;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PolicyFileTest {

  @Test
  void theFirstEntryThatFitsDecides() {
    Policy policy =
        PolicyFile.parse(
            """
            principals:
              - principal: spiffe://lookaside/client/guest
                roles: [client]
                services: [greeter, "open-*"]
              - principal: spiffe://lookaside/client/*
                roles: [client, metrics]
            """);
    Rights guest = policy.of(known("spiffe://lookaside/client/guest"));
    assertThat(guest.cover("open-house")).isTrue();
    assertThat(guest.cover("worker")).isFalse();
    Rights other = policy.of(known("spiffe://lookaside/client/c1"));
    assertThat(other).isEqualTo(new Rights(Set.of(Role.CLIENT, Role.METRICS), List.of("*")));
    assertThat(policy.of(known("spiffe://elsewhere/client/c1"))).isEqualTo(Rights.NONE);
    assertThat(policy.of(Principal.NOBODY)).isEqualTo(Rights.NONE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          x                                                    | the file is 'x' (expected:
          principal: []                                        | the file has 'principal' (expected: only [principals])
          principals: {}                                       | principals is '{}' (expected: a list)
          principals: [{roles: [client]}]                      | principal is missing (expected: a text)
          principals: [{principal: '*', roles: [client]}]      | (expected: a name, not everybody)
          principals: [{principal: 'a*b', roles: [client]}]    | (expected: a name, with a star at its end only)
          principals: [{principal: a, roles: []}]              | roles of a is
          principals: [{principal: a, roles: [king]}]          | role is 'king' (expected: one of client, worker, operator, metrics, balancer)
          principals: [{principal: a, role: [client]}]         | has 'role' (expected: only [ids, principal, roles, services])
          'principals: [!!java.net.URL [x]]'                   | it is no YAML that is accepted here
          """)
  void saysWhatIsWrong(String text, String complaint) {
    assertThatThrownBy(() -> PolicyFile.parse(text)).hasMessageContaining(complaint);
  }

  private static Principal known(String name) {
    return new Principal(name, Proof.CERTIFICATE);
  }
}
