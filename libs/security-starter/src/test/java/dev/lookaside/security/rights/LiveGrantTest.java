package dev.lookaside.security.rights;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.security.identity.Principal;
import dev.lookaside.security.identity.Principal.Proof;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class LiveGrantTest {
  private static final Principal CALLER = new Principal("someone", Proof.CERTIFICATE);

  private Policy policy = policyOf("billing");
  private Optional<String> self = Optional.of("me");
  private final Judge judge = new Judge(() -> policy, () -> self);
  private final Grant first = judge.grant(CALLER);
  private final LiveGrant live = new LiveGrant(judge, first);

  @Test
  void isTheSameAsLongAsNothingHasChanged() {
    assertThat(live.now()).isSameAs(first);
    self = Optional.of("me");
    assertThat(live.now()).isSameAs(first);
  }

  @Test
  void isWorkedOutAnewOnceWhenThePolicyIsReadAnew() {
    policy = policyOf("worker");

    Grant next = live.now();

    assertThat(next.principal()).isEqualTo(CALLER);
    assertThat(next.rights().services()).containsExactly("worker");
    assertThat(live.now()).isSameAs(next);
    assertThat(first.rights().services()).containsExactly("billing");
  }

  @Test
  void aPolicyThatNoLongerKnowsTheCallerLeavesThemNothing() {
    policy = new Policy(List.of());

    assertThat(live.now().rights()).isEqualTo(Rights.NONE);
  }

  @Test
  void followsWhomThisProcessShowsItselfAs() {
    self = Optional.of(CALLER.name());
    assertThat(live.now().rights()).isEqualTo(Rights.EVERYTHING);

    self = Optional.empty();
    assertThat(live.now().rights()).isEqualTo(first.rights());
  }

  private static Policy policyOf(String service) {
    return new Policy(
        List.of(new Policy.Rule(CALLER.name(), new Rights(Set.of(Role.CLIENT), List.of(service)))));
  }
}
