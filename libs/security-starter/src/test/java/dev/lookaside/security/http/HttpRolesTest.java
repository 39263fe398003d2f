package dev.lookaside.security.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.security.rights.Role;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HttpRolesTest {
  private final HttpRoles roles = new HttpRoles("/actuator");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GET    | /actuator/prometheus               | operator metrics
          HEAD   | /actuator/prometheus               | operator metrics
          GET    | /actuator/metrics                  | operator metrics
          GET    | /actuator/metrics/jvm.memory.used  | operator metrics
          GET    | /prometheus/targets                | operator metrics
          GET    | /actuator/health                   | client worker operator metrics balancer
          GET    | /actuator/info                     | client worker operator metrics balancer
          GET    | /actuator/lookaside                | operator
          GET    | /actuator/health/registry          | operator
          GET    | /                                  | operator
          GET    | /whatever/comes/next               | operator
          POST   | /actuator/prometheus               | operator
          POST   | /actuator/health/liveness          | operator
          DELETE | /prometheus/targets                | operator
          OPTIONS | /actuator/health                  | operator
          get    | /actuator/prometheus               | operator
          """)
  void eachPathIsForSomeRolesOnly(String method, String path, String expected) {
    assertThat(words(roles.rolesOf(method, path))).isEqualTo(Set.of(expected.split(" ")));
    assertThat(roles.isOpen(method, path)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "/actuator/%70rometheus",
    "/actuator/prometheus/",
    "/actuator/prometheus;/../lookaside",
    "/actuator/metrics/../lookaside",
    "/actuator/metrics/a/b",
    "//actuator/prometheus",
    "/actuator/health/liveness/../../lookaside"
  })
  void aPathInAnotherWritingOpensNothing(String path) {
    assertThat(words(roles.rolesOf("GET", path))).containsExactly("operator");
    assertThat(roles.isOpen("GET", path)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"/actuator/health/liveness", "/actuator/health/readiness"})
  void whetherItLivesIsToldToEverybody(String path) {
    assertThat(roles.isOpen("GET", path)).isTrue();
  }

  private static Set<String> words(Set<Role> roles) {
    return roles.stream().map(Role::word).collect(Collectors.toSet());
  }
}
