package dev.lookaside.deploy;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChartTest {
  private static final Map<String, String> EVERYTHING =
      Map.of(
          "serviceMonitor.enabled", "true",
          "serviceMonitor.labels.release", "prometheus",
          "networkPolicy.monitoring.namespaceLabels.name", "monitoring",
          "networkPolicy.clients.namespaceLabels.name", "apps",
          "balancer.env.LB_SLOW_START", "20s",
          "etcd.storage.storageClassName", "fast");

  @Test
  void helmHasNothingToSayAgainstIt() {
    LintResult result = new Helm(Chart.DIRECTORY).lint().call();

    assertThat(result.getMessages().stream().filter(line -> !line.contains("icon is recommended")))
        .noneMatch(line -> line.contains("[ERROR]") || line.contains("[WARNING]"));
    assertThat(result.isFailed()).isFalse();
  }

  @Test
  void everyFieldIsOneThatKubernetesKnows() {
    assertThat(Manifests.read(Chart.render(Map.of()))).hasSize(15);
    assertThat(Manifests.read(Chart.render(EVERYTHING))).hasSize(18);
  }

  @Test
  void aFieldThatKubernetesDoesNotKnowIsFound() {
    String typo = Chart.render(Map.of()).replace("enableServiceLinks", "enableServicesLinks");

    assertThatThrownBy(() -> Manifests.read(typo)).hasMessageContaining("enableServicesLinks");
  }

  @Test
  void aValueThatDoesNotExistIsRefused() {
    assertThatThrownBy(() -> Chart.render(Map.of("balancer.replica", "3")))
        .hasMessageContaining("replica");
    assertThatThrownBy(() -> Chart.render(Map.of("balancer.replicas", "0")))
        .hasMessageContaining("replicas");
  }

  @Test
  void anEtcdOfOnesOwnNeedsItsAddresses() {
    assertThatThrownBy(() -> Chart.render(Map.of("etcd.enabled", "false")))
        .hasMessageContaining("expected: http://host:port");
    assertThat(
            Chart.render(
                Map.of("etcd.enabled", "false", "etcd.endpoints[0]", "http://etcd.example:2379")))
        .contains("value: \"http://etcd.example:2379\"")
        .doesNotContain("StatefulSet");
  }

  @Test
  void podsHaveNoMoreRightsThanTheyNeed() {
    assertThat(pods(Map.of()))
        .hasSize(3)
        .allSatisfy((name, pod) -> {
          assertThat(pod.getEnableServiceLinks()).isFalse();
          assertThat(pod.getAutomountServiceAccountToken()).isFalse();
          assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
          assertThat(pod.getSecurityContext().getSeccompProfile().getType())
              .isEqualTo("RuntimeDefault");
          assertThat(pod.getContainers())
              .allSatisfy(container -> {
                assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
                assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
                assertThat(container.getSecurityContext().getCapabilities().getDrop())
                    .containsExactly("ALL");
                assertThat(container.getResources().getRequests()).containsKeys("cpu", "memory");
                assertThat(container.getResources().getLimits()).containsKey("memory");
              });
        });
  }

  @Test
  void everyPodIsProbedAndKeptApartFromItsLikes() {
    assertThat(pods(Map.of()))
        .allSatisfy((name, pod) -> {
          assertThat(pod.getAffinity().getPodAntiAffinity()).isNotNull();
          assertThat(pod.getTopologySpreadConstraints()).isNotEmpty();
          assertThat(pod.getContainers())
              .allSatisfy(container -> {
                assertThat(container.getStartupProbe()).isNotNull();
                assertThat(container.getReadinessProbe()).isNotNull();
                assertThat(container.getLivenessProbe()).isNotNull();
              });
        });
  }

  @Test
  void aPodIsGivenTheTimeThatItsDrainingTakes() {
    Map<String, PodSpec> pods =
        pods(Map.of("worker.drainSeconds", "20", "worker.graceSeconds", "60"));
    PodSpec worker = requireNonNull(pods.get("lookaside-worker"));
    PodSpec balancer = requireNonNull(pods.get("lookaside-balancer"));

    assertThat(preStop(worker)).hasValue(20L);
    assertThat(worker.getTerminationGracePeriodSeconds()).isGreaterThan(20 + 20 + 60);
    assertThat(preStop(balancer)).hasValue(5L);
    assertThat(balancer.getTerminationGracePeriodSeconds()).isGreaterThan(5 + 5);
  }

  @Test
  void atMostOneOfAPartGoesByTheWillOfAnOperator() {
    List<PodDisruptionBudget> budgets = all(PodDisruptionBudget.class, Map.of());

    assertThat(budgets)
        .hasSize(3)
        .allSatisfy(
            budget -> assertThat(budget.getSpec().getMaxUnavailable().getIntVal()).isEqualTo(1));
  }

  @Test
  void everySelectorFindsThePodsOfItsPart() {
    Map<String, Map<String, String>> labels = new LinkedHashMap<>();
    all(Deployment.class, Map.of())
        .forEach(one ->
            labels.put(
                one.getMetadata().getName(),
                one.getSpec().getTemplate().getMetadata().getLabels()));
    all(StatefulSet.class, Map.of())
        .forEach(one ->
            labels.put(
                one.getMetadata().getName(),
                one.getSpec().getTemplate().getMetadata().getLabels()));

    assertThat(all(PodDisruptionBudget.class, Map.of()))
        .allSatisfy(one ->
            assertThat(labels.get(one.getMetadata().getName()))
                .containsAllEntriesOf(one.getSpec().getSelector().getMatchLabels()));
    assertThat(all(NetworkPolicy.class, Map.of()))
        .hasSize(3)
        .allSatisfy(one ->
            assertThat(labels.get(one.getMetadata().getName()))
                .containsAllEntriesOf(one.getSpec().getPodSelector().getMatchLabels()));
  }

  @Test
  void etcdHasThreeMembersThatKnowEachOther() {
    StatefulSet etcd = all(StatefulSet.class, Map.of()).get(0);

    assertThat(etcd.getSpec().getReplicas()).isEqualTo(3);
    assertThat(etcd.getSpec().getTemplate().getSpec().getContainers().get(0).getCommand())
        .contains(
            "--initial-cluster=lookaside-etcd-0=http://lookaside-etcd-0.lookaside-etcd:2380,"
                + "lookaside-etcd-1=http://lookaside-etcd-1.lookaside-etcd:2380,"
                + "lookaside-etcd-2=http://lookaside-etcd-2.lookaside-etcd:2380");
  }

  @Test
  void aBalancerThatReadsEndpointSlicesMayReadThemAndNothingElse() {
    Map<String, String> kubernetes =
        Map.of(
            "balancer.registry", "kubernetes", "etcd.enabled", "false", "worker.enabled", "false");
    Role role = all(Role.class, kubernetes).get(0);

    assertThat(role.getRules())
        .hasSize(1)
        .first()
        .satisfies(rule -> {
          assertThat(rule.getApiGroups()).containsExactly("discovery.k8s.io");
          assertThat(rule.getResources()).containsExactly("endpointslices");
          assertThat(rule.getVerbs()).containsExactly("list", "watch");
        });
    assertThat(all(RoleBinding.class, kubernetes).get(0).getRoleRef().getName())
        .isEqualTo(role.getMetadata().getName());
    assertThat(
            requireNonNull(pods(kubernetes).get("lookaside-balancer"))
                .getAutomountServiceAccountToken())
        .isTrue();
    assertThat(all(Role.class, Map.of())).isEmpty();
  }

  private static Optional<Long> preStop(PodSpec pod) {
    Container container = pod.getContainers().get(0);
    return Optional.ofNullable(container.getLifecycle().getPreStop().getSleep().getSeconds());
  }

  private static Map<String, PodSpec> pods(Map<String, String> values) {
    Map<String, PodSpec> pods = new LinkedHashMap<>();
    all(Deployment.class, values)
        .forEach(
            one -> pods.put(one.getMetadata().getName(), one.getSpec().getTemplate().getSpec()));
    all(StatefulSet.class, values)
        .forEach(
            one -> pods.put(one.getMetadata().getName(), one.getSpec().getTemplate().getSpec()));
    return pods;
  }

  private static <T extends HasMetadata> List<T> all(Class<T> type, Map<String, String> values) {
    return Manifests.read(Chart.render(values)).stream()
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }
}
