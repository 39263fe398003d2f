package dev.lookaside.client.grpc.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.client.grpc.testing.CapturedLog;
import dev.lookaside.core.endpoint.Address;
import io.grpc.Status;
import java.security.cert.CertificateException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which balancer is asked when, and when it is left. */
final class FailoverTest {
  private static final Address A = Address.parse("a:1");
  private static final Address B = Address.parse("b:1");

  @Test
  void aNameThatCannotBeDialedIsAFailureLikeAnyOther() {
    Scene scene = new Scene("a:1", "b:1");
    scene.links.undialable.add(A);
    scene.started().advanceMillis(200);
    assertThat(scene.links.asked()).containsExactly(B);
  }

  @Test
  void asksTheOnlyBalancerAgainWhoseNameCouldNotBeDialed() {
    Scene scene = new Scene("a:1");
    scene.links.undialable.add(A);
    scene.started().runBlocking();
    scene.advanceMillis(60_000);
    assertThat(scene.errors).isNotEmpty();
    assertThat(scene.errors.get(0).getDescription()).contains("a:1: cannot dial a:1");
    scene.links.undialable.clear();
    scene.advanceMillis(2_000);
    assertThat(scene.links.asked()).containsExactly(A);
  }

  @Test
  void aBalancerThatNeedsSecondsForItsFirstMessageGetsThemInTheNextRound() {
    Scene scene = new Scene("a:1").started();
    scene.advanceMillis(3_000);
    assertThat(scene.links.opened).hasSize(2);
    scene.advanceMillis(2_900);
    scene.links.last().says(Said.table(1, Said.endpoint(1, "w1")));
    assertThat(scene.links.opened).hasSize(2);
    assertThat(scene.views).hasSize(1);
    assertThat(scene.errors).isEmpty();
  }

  @Test
  void bytesOfATableThatIsLongInComingAreNoSilence() {
    Scene scene = new Scene("a:1").started();
    for (int second = 0; second < 60; second++) {
      scene.advanceMillis(1_000);
      scene.links.last().gives();
    }
    assertThat(scene.links.opened).hasSize(1);
    assertThat(scene.links.last().isOpen).isTrue();
  }

  @Test
  void reportsAnErrorOnlyAfterAWholeRoundAndSomeSeconds() {
    Scene scene = new Scene("a:1", "b:1").started();
    for (int tenth = 0; tenth < 28; tenth++) {
      scene.links.last().ends(Status.UNAVAILABLE.withDescription("refused"));
      scene.runBlocking();
      scene.advanceMillis(100);
    }
    assertThat(scene.errors).isEmpty();
    for (int tenth = 0; tenth < 30; tenth++) {
      scene.links.last().ends(Status.UNAVAILABLE.withDescription("refused"));
      scene.advanceMillis(100);
    }
    assertThat(scene.errors).isNotEmpty();
    assertThat(scene.errors.get(0).getDescription()).contains("a:1: refused", "b:1: refused");
  }

  @Test
  void aBalancerThatIsNotBelievedIsLoggedWithTheReasonOnceInAWhile() {
    Status unbelieved =
        Status.UNAVAILABLE.withCause(new CertificateException("the certificate is for [x]"));
    try (CapturedLog log = new CapturedLog(Failover.class.getName())) {
      Scene scene = new Scene("a:1", "b:1").started();
      for (int tenth = 0; tenth < 50; tenth++) {
        scene.links.last().ends(unbelieved);
        scene.advanceMillis(100);
      }
      assertThat(log.lines())
          .containsExactly("balancer a:1 is not followed: TLS: the certificate is for [x]");
    }
  }

  @Test
  void neverAsksTheBalancerThatItHasJustLeft() {
    Scene scene = new Scene("a:1").started();
    scene.links.last().says(Said.table(1));
    scene.links.last().says(Said.balancers("a:1", "b:1"));
    scene.links.last().ends(Status.UNAVAILABLE);
    scene.advanceMillis(200);
    assertThat(scene.links.asked()).containsExactly(A, B);
  }

  @Test
  void leavesOutAnAddressOfABalancerThatMakesNoSense() {
    Scene scene = new Scene("a:1").started();
    scene.links.last().says(Said.table(1));
    scene.links.last().says(Said.balancers("dns:///lb:50051", "", "b:1"));
    assertThat(scene.links.last().isOpen).isTrue();
    scene.links.last().ends(Status.UNAVAILABLE);
    scene.advanceMillis(200);
    assertThat(scene.links.last().address()).isEqualTo(B);
  }

  @Test
  void asksEverMoreRarelyWhenABalancerBeginsWellAndThenTalksNonsense() {
    Scene scene = new Scene("a:1").started();
    for (int tenth = 0; tenth < 100; tenth++) {
      if (scene.links.last().isOpen) {
        scene.links.last().says(Said.table(1));
        scene.links.last().says(Said.delta(7));
      }
      scene.advanceMillis(100);
    }
    assertThat(scene.links.opened).hasSizeLessThan(15);
  }

  @Test
  void forgetsFailuresWhenABalancerWasFollowedForAWhile() {
    Scene scene = new Scene("a:1").started();
    for (int tenth = 0; tenth < 100; tenth++) {
      scene.links.last().ends(Status.UNAVAILABLE);
      scene.advanceMillis(100);
    }
    scene.advanceMillis(2_000);
    scene.links.last().says(Said.table(1));
    for (int second = 0; second < 11; second++) {
      scene.links.last().answersProbe(Status.OK);
      scene.advanceMillis(1_000);
    }
    int before = scene.links.opened.size();
    scene.links.last().ends(Status.UNAVAILABLE);
    scene.advanceMillis(100);
    assertThat(scene.links.opened).hasSize(before + 1);
  }

  @Test
  void leavesAnAgedConnectionAtOnceForOneThatTakesCalls() {
    Scene scene = following("a:1", 11);
    scene.links.last().ages();
    assertThat(scene.links.opened).hasSize(2);
    assertThat(scene.links.opened.get(0).isOpen).isFalse();
    assertThat(scene.links.last().request.getHave()).isEqualTo(Said.version(1));
  }

  @Test
  void doesNotSpinAtABalancerWhoseConnectionsAgeAtOnce() {
    Scene scene = new Scene("a:1").started();
    for (int tenth = 0; tenth < 100; tenth++) {
      if (scene.links.last().isOpen) {
        scene.links.last().says(Said.table(1));
        scene.links.last().ages();
      }
      scene.advanceMillis(100);
    }
    assertThat(scene.links.opened).hasSizeLessThan(15);
  }

  @Test
  void asksABalancerThatPromisesNoHeartbeatsWhetherItLives() {
    Scene scene = following("a:1", 20);
    assertThat(scene.links.opened).hasSize(1);
    assertThat(scene.links.last().probes).isGreaterThan(10);
  }

  @ParameterizedTest
  @ValueSource(strings = {"DEADLINE_EXCEEDED", "UNAVAILABLE"})
  void leavesABalancerThatPromisesNoHeartbeatsAndDoesNotAnswer(Status.Code code) {
    Scene scene = following("a:1", 3);
    scene.advanceMillis(1_000);
    scene.links.last().answersProbe(code.toStatus());
    assertThat(scene.links.last().isOpen).isFalse();
  }

  @Test
  void anyAnswerToAProbeIsASignOfLife() {
    Scene scene = following("a:1", 3);
    scene.advanceMillis(1_000);
    scene.links.last().answersProbe(Status.UNIMPLEMENTED);
    assertThat(scene.links.last().isOpen).isTrue();
  }

  @Test
  void doesNotBlameABalancerForTimeInWhichItWasHeldUpItself() {
    Scene scene = new Scene("a:1").started();
    scene.time.holdUp(java.time.Duration.ofSeconds(30));
    assertThat(scene.links.opened).hasSize(1);
    assertThat(scene.links.last().isOpen).isTrue();
    scene.advanceMillis(2_500);
    assertThat(scene.links.opened).hasSize(2);
  }

  @Test
  void takesOneMessageAfterTheOther() {
    Scene scene = new Scene("a:1").started();
    scene.links.last().says(Said.table(1));
    scene.links.last().says(Said.table(2));
    assertThat(scene.links.last().wanted).isEqualTo(2);
  }

  @Test
  void nothingIsLeftOfAClosedSubscription() {
    Scene scene = following("a:1", 1);
    scene.subscription.close();
    scene.subscription.close();
    assertThat(scene.links.last().isOpen).isFalse();
    assertThat(scene.time.pending()).isZero();
  }

  /** Follows for so many seconds, at a balancer that answers when it is asked. */
  private static Scene following(String balancer, int seconds) {
    Scene scene = new Scene(balancer).started();
    scene.links.last().says(Said.table(1, Said.endpoint(1, "w1")));
    for (int half = 0; half < 2 * seconds; half++) {
      scene.advanceMillis(500);
      scene.links.last().answersProbe(Status.OK);
    }
    return scene;
  }
}
