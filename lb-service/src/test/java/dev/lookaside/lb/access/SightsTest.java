package dev.lookaside.lb.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.core.endpoint.Address;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointState;
import dev.lookaside.core.endpoint.Locality;
import dev.lookaside.core.policy.PickResult;
import dev.lookaside.core.time.Ticker;
import dev.lookaside.lb.ops.EndpointsHealth;
import dev.lookaside.lb.ops.LookasideEndpoint;
import dev.lookaside.lb.ops.ScrapeTargets;
import dev.lookaside.lb.pick.Decision;
import dev.lookaside.lb.registry.RegistryAge;
import dev.lookaside.lb.testing.TestLine;
import dev.lookaside.registry.view.RegistryView;
import dev.lookaside.security.http.HttpCaller;
import dev.lookaside.security.identity.Principal;
import dev.lookaside.security.identity.Principal.Proof;
import dev.lookaside.security.rights.Judge;
import dev.lookaside.security.rights.Policy;
import dev.lookaside.security.rights.Rights;
import dev.lookaside.security.rights.Role;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/** What operators of some services are shown by HTTP. */
final class SightsTest {
  private final Sights sights =
      new Sights(
          Optional.of(
              new Judge(
                  () ->
                      new Policy(
                          List.of(
                              new Policy.Rule(
                                  "guest", new Rights(Set.of(Role.OPERATOR), List.of("billing"))),
                              new Policy.Rule(
                                  "chief", new Rights(Set.of(Role.OPERATOR), List.of("*"))))),
                  Optional::empty)));
  private final TestLine line = TestLine.with("rr");
  private final LookasideEndpoint endpoint =
      new LookasideEndpoint(
          new RegistryAge(() -> RegistryView.EMPTY, Ticker.system()),
          line.balancer,
          line.loads,
          line.decisions,
          sights,
          Ticker.system());
  private final ScrapeTargets targets = new ScrapeTargets(line.balancer, sights);
  private final EndpointsHealth health = new EndpointsHealth(line.balancer, sights);

  @BeforeEach
  void twoServices() {
    for (String service : List.of("billing", "worker")) {
      line.registered(
          service,
          new Endpoint(
              service,
              service + "-1",
              new Address("127.0.0.1", 1),
              Locality.UNSPECIFIED,
              1,
              1,
              EndpointState.READY,
              "",
              Map.of("metricsAddress", "127.0.0.1:2")));
      line.decisions.add(
          new Decision(0, service, "", new PickResult.Unavailable("none"), "rr", 0, 1));
    }
  }

  @AfterEach
  void stop() {
    RequestContextHolder.resetRequestAttributes();
    line.close();
  }

  @Test
  void anOperatorOfOneServiceIsShownNoOther() {
    asks("guest");
    assertThat(endpoint.overview().services())
        .extracting(LookasideEndpoint.Service::name)
        .containsExactly("billing");
    assertThat(endpoint.overview().decisions())
        .singleElement()
        .satisfies(line -> assertThat(line.decision()).contains("service=billing"));
    assertThat(targets.targets())
        .singleElement()
        .satisfies(group -> assertThat(group.labels()).containsEntry("service", "billing"));
    assertThat(health.health().getDetails()).containsOnlyKeys("billing");
  }

  @Test
  void anOperatorOfAllServicesIsShownAll() {
    asks("chief");
    assertThat(endpoint.overview().services()).hasSize(2);
    assertThat(endpoint.overview().decisions()).hasSize(2);
    assertThat(targets.targets()).hasSize(2);
    assertThat(health.health().getDetails()).hasSize(2);
  }

  private static void asks(String name) {
    MockHttpServletRequest request = new MockHttpServletRequest();
    request.setAttribute(HttpCaller.class.getName(), new Principal(name, Proof.CERTIFICATE));
    RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(request));
  }
}
