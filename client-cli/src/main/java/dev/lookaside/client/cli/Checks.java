package dev.lookaside.client.cli;

import dev.lookaside.client.cli.Finding.Severity;
import dev.lookaside.v1.EtcdMember;
import dev.lookaside.v1.ListEndpointsResponse;
import dev.lookaside.v1.RejectedKey;
import dev.lookaside.v1.ServiceStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What is wrong with balancers, registry and services; each finding once, whoever told of it. */
final class Checks {
  static final String NO_ANSWER = "LB001";
  static final String NOT_IN_SYNC = "LB002";
  static final String DISAGREE = "LB003";
  static final String REJECTED = "RG001";
  static final String SHARED_ADDRESS = "RG002";
  static final String OLD_ETCD = "RG003";
  static final String ETCD_AWAY = "RG004";

  /** Older ones lose events of watches that lag behind, and leases at a change of leader. */
  private static final int[] OLDEST_ETCD = {3, 4, 27};

  /**
   * What one balancer said.
   *
   * @param status empty if it said nothing
   * @param failure why it said nothing
   */
  record Answer(String address, Optional<ListEndpointsResponse> status, String failure) {}

  private final Map<String, Finding> findings = new TreeMap<>();

  private Checks() {}

  /** The worst first. */
  static List<Finding> of(List<Answer> answers) {
    Checks checks = new Checks();
    answers.forEach(checks::balancer);
    checks.disagreement(answers);
    for (Answer answer : answers) {
      answer
          .status()
          .ifPresent(status -> {
            status.getRejectedKeysList().forEach(checks::rejected);
            status.getEtcdMembersList().forEach(checks::etcd);
            new ServiceChecks(checks::add).check(status);
          });
    }
    List<Finding> all = new ArrayList<>(checks.findings.values());
    all.sort((one, other) -> other.severity().compareTo(one.severity()));
    return all;
  }

  private void add(Finding finding) {
    findings.merge(
        finding.code() + " " + finding.subject(),
        finding,
        (one, other) -> other.severity().compareTo(one.severity()) > 0 ? other : one);
  }

  private void balancer(Answer answer) {
    if (answer.status().isEmpty()) {
      add(new Finding(NO_ANSWER, Severity.ERROR, answer.address(), answer.failure()));
    } else if (!answer.status().get().getRegistrySync().equals("in_sync")) {
      add(
          new Finding(
              NOT_IN_SYNC,
              Severity.ERROR,
              answer.address(),
              "its view of the registry is "
                  + answer.status().get().getRegistrySync()
                  + " (expected: in_sync)"));
    }
  }

  /** A moment apart they may differ rightly: the registry's revision tells. */
  private void disagreement(List<Answer> answers) {
    Map<String, Set<String>> views = new TreeMap<>();
    for (Answer answer : answers) {
      answer
          .status()
          .ifPresent(status -> {
            for (ServiceStatus service : status.getServicesList()) {
              views
                  .computeIfAbsent(service.getService(), name -> new TreeSet<>())
                  .add(view(status, service));
            }
          });
    }
    views.forEach((service, different) -> {
      if (different.size() > 1) {
        add(
            new Finding(
                DISAGREE,
                Severity.WARNING,
                service,
                "balancers disagree: " + String.join(" / ", different)));
      }
    });
  }

  private static String view(ListEndpointsResponse status, ServiceStatus service) {
    return service.getEndpointsCount()
        + " workers, policy "
        + service.getPolicy()
        + ", decisions of revision "
        + service.getControlRevision()
        + (status.getRegistrySync().equals("in_sync") ? "" : ", " + status.getRegistrySync());
  }

  private void rejected(RejectedKey key) {
    boolean isShared = key.getReason().contains("is also that of");
    add(
        new Finding(
            isShared ? SHARED_ADDRESS : REJECTED,
            isShared ? Severity.ERROR : Severity.WARNING,
            key.getKey(),
            key.getReason()));
  }

  private void etcd(EtcdMember member) {
    if (!member.getFailure().isEmpty()) {
      add(new Finding(ETCD_AWAY, Severity.WARNING, member.getAddress(), member.getFailure()));
    } else if (isOlder(member.getVersion())) {
      add(
          new Finding(
              OLD_ETCD,
              Severity.WARNING,
              member.getAddress(),
              "etcd is of version " + member.getVersion() + " (expected: 3.4.27 or newer)"));
    }
  }

  static boolean isOlder(String version) {
    String[] parts = version.split("[.+-]", -1);
    for (int i = 0; i < OLDEST_ETCD.length; i++) {
      int part = i < parts.length && parts[i].matches("\\d{1,6}") ? Integer.parseInt(parts[i]) : 0;
      if (part != OLDEST_ETCD[i]) {
        return part < OLDEST_ETCD[i];
      }
    }
    return false;
  }
}
