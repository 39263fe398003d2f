package dev.lookaside.security.rights;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.security.audit.AuditLog;
import dev.lookaside.security.identity.Caller;
import dev.lookaside.security.identity.Principal;
import dev.lookaside.security.identity.Principal.Proof;
import dev.lookaside.security.identity.RequestClaims;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Streams whose messages name a service each, while the policy changes. */
final class GuardTest {
  private static final Principal CALLER = new Principal("someone", Proof.CERTIFICATE);

  private final List<String> written = new CopyOnWriteArrayList<>();
  private final AuditLog audit = new AuditLog(() -> Instant.EPOCH, written::add);
  private final List<String> delivered = new ArrayList<>();
  private final FakeServerCall call = new FakeServerCall("lookaside.v1.LoadBalancer/ReportStats");
  private Policy policy = new Policy(List.of());
  private int policyReads;

  private final Guard guard =
      new Guard(
          new Judge(
              () -> {
                policyReads++;
                return policy;
              },
              Optional::empty),
          message -> Optional.of(new RequestClaims.Claim(String.valueOf(message), "")),
          audit);

  @AfterEach
  void stop() {
    audit.close();
  }

  @Test
  void whatACallerMayIsWorkedOutOnceForACall() {
    policy = clientOf("*");
    ServerCall.Listener<String> stream = open();

    stream.onMessage("billing");
    stream.onMessage("worker");

    assertThat(delivered).containsExactly("billing", "worker");
    assertThat(policyReads).isEqualTo(1);
  }

  @Test
  void whoMayNotIsRefusedBeforeAnythingIsStarted() {
    policy = new Policy(List.of(rule(Role.WORKER, "*")));
    ServerCall.Listener<String> stream = open();

    stream.onMessage("billing");

    assertThat(delivered).isEmpty();
    assertThat(call.closed()).map(Status::getCode).contains(Status.Code.PERMISSION_DENIED);
    assertThat(policyReads).isEqualTo(1);
  }

  @Test
  void aServiceThatIsTakenFromAPolicyIsRefusedOnAnOpenStream() {
    policy = clientOf("billing", "worker");
    ServerCall.Listener<String> stream = open();
    stream.onMessage("worker");

    policy = clientOf("billing");
    stream.onMessage("billing");
    stream.onMessage("worker");
    stream.onMessage("billing");

    assertThat(delivered).containsExactly("worker", "billing");
    assertThat(call.closed())
        .map(String::valueOf)
        .contains(
            String.valueOf(
                Status.PERMISSION_DENIED.withDescription(
                    "'someone' has no right to service 'worker' (expected: one of [billing])")));
    audit.close();
    assertThat(written)
        .singleElement()
        .satisfies(line -> assertThat(line).contains("refused", "someone", "'worker'"));
  }

  @Test
  void aServiceThatIsAddedToAPolicyIsServedOnAnOpenStream() {
    policy = clientOf("billing");
    ServerCall.Listener<String> stream = open();

    policy = clientOf("billing", "worker");
    stream.onMessage("worker");

    assertThat(delivered).containsExactly("worker");
  }

  /** Roles are asked for once, when a stream is let in; services are at each message. */
  @Test
  void aStreamThatWasLetInStaysWithoutItsRole() {
    policy = clientOf("billing");
    ServerCall.Listener<String> stream = open();

    policy = new Policy(List.of(rule(Role.METRICS, "billing")));
    stream.onMessage("billing");

    assertThat(delivered).containsExactly("billing");
  }

  private ServerCall.Listener<String> open() {
    Context served = Caller.with(CALLER);
    Context before = served.attach();
    try {
      return guard.interceptCall(call, new Metadata(), (started, headers) -> new Delivered());
    } finally {
      served.detach(before);
    }
  }

  private final class Delivered extends ServerCall.Listener<String> {
    @Override
    public void onMessage(String message) {
      delivered.add(message);
    }
  }

  private static Policy clientOf(String... services) {
    return new Policy(List.of(rule(Role.CLIENT, services)));
  }

  private static Policy.Rule rule(Role role, String... services) {
    return new Policy.Rule(CALLER.name(), new Rights(Set.of(role), List.of(services)));
  }
}
