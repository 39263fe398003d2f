package dev.lookaside.client.grpc.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.v1.CatchUp;
import dev.lookaside.v1.EndpointHealth;
import dev.lookaside.v1.SubscribeResponse;
import dev.lookaside.v1.TableEndpoint;
import dev.lookaside.wire.TableChecksum;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What balancers say of themselves: terms, heartbeats, and which state of the registry they saw.
 */
final class ProtocolTest {
  private static final TableEndpoint.Builder W1 = Said.endpoint(1, "w1");
  private static final TableEndpoint.Builder W2 = Said.endpoint(2, "w2");

  @Test
  void aBalancerIsLeftWhoseHeartbeatsStopThoughItAnswersEverythingElse() {
    Scene scene = new Scene("a:1").started();
    scene.links.last().says(Said.terms(Duration.ofMillis(200), Duration.ofSeconds(3)));
    scene.links.last().says(Said.table(1, W1));
    for (int i = 0; i < 100; i++) {
      scene.advanceMillis(200);
      scene.links.last().says(Said.heartbeat(Said.view("etcd", 1, 0)));
    }
    assertThat(scene.links.last().isOpen).isTrue();
    assertThat(scene.links.last().probes).isZero();
    scene.advanceMillis(500);
    scene.links.last().answersProbe(Status.OK);
    assertThat(scene.links.last().isOpen).isTrue();
    scene.advanceMillis(200);
    assertThat(scene.links.opened.get(0).isOpen).isFalse();
  }

  @Test
  void aBalancerWhoseHeartbeatIsLateIsAskedAndLeftIfItDoesNotAnswer() {
    Scene scene = new Scene("a:1").started();
    scene.links.last().says(Said.terms(Duration.ofSeconds(1), Duration.ofSeconds(3)));
    scene.links.last().says(Said.table(1, W1));
    scene.advanceMillis(1_300);
    assertThat(scene.links.last().probes).isEqualTo(1);
    scene.links.last().answersProbe(Status.DEADLINE_EXCEEDED);
    assertThat(scene.links.last().isOpen).isFalse();
  }

  @Test
  void saysFromWhereToGoOnAndWhatItNeeds() {
    Scene scene = new Scene("a:1", "b:1").started();
    scene.links.last().says(Said.at("etcd", 7, Said.table(3, W1)));
    scene.links.last().says(Said.heartbeat(Said.view("etcd", 9, 0)));
    scene.links.last().ends(Status.UNAVAILABLE);
    scene.advanceMillis(200);
    var request = scene.links.last().request;
    assertThat(request.getHave()).isEqualTo(Said.version(3));
    assertThat(request.getHaveView().getRevision()).isEqualTo(9);
    assertThat(request.getSubsetSize()).isEqualTo(100);
    assertThat(request.getLocality().getZone()).isEqualTo("z");
  }

  @Test
  void doesNotGoBackToABalancerThatIsBehindWhileAnotherMayAnswer() {
    Scene scene = new Scene("a:1", "b:1").started();
    scene.links.last().says(Said.at("etcd", 9, Said.table(1, W2)));
    scene.links.last().ends(Status.UNAVAILABLE);
    scene.advanceMillis(200);
    scene.links.last().says(Said.at("etcd", 5, Said.table(1, W1)));
    assertThat(scene.links.last().isOpen).isFalse();
    assertThat(ids(scene)).containsExactly("w2");
  }

  @Test
  void goesBackToABalancerThatIsBehindWhenNoOtherAnswers() {
    Scene scene = new Scene("a:1", "b:1").started();
    scene.links.last().says(Said.at("etcd", 9, Said.table(1, W2)));
    scene.links.last().ends(Status.UNAVAILABLE);
    scene.advanceMillis(200);
    scene.links.last().says(Said.at("etcd", 5, Said.table(1, W1)));
    scene.advanceMillis(200);
    scene.links.last().ends(Status.UNAVAILABLE);
    scene.advanceMillis(200);
    scene.links.last().says(Said.at("etcd", 5, Said.table(1, W1)));
    assertThat(scene.links.last().isOpen).isTrue();
    assertThat(ids(scene)).containsExactly("w1");
  }

  @Test
  void takesTheDifferenceToTheTableOfAnotherBalancer() {
    Scene scene = caughtUp(TableChecksum.of(List.of(W2.build())));
    assertThat(ids(scene)).containsExactly("w2");
    assertThat(scene.lastView().isAdvisedAgainst(scene.lastView().table().find("w2").orElseThrow()))
        .isTrue();
    scene.links.last().says(removal());
    assertThat(ids(scene)).isEmpty();
  }

  @Test
  void asksForAWholeTableWhenADifferenceDoesNotLeadToWhatTheBalancerHas() {
    Scene scene = caughtUp(4711);
    assertThat(ids(scene)).containsExactly("w1");
    scene.advanceMillis(400);
    assertThat(scene.links.opened).hasSize(3);
    assertThat(scene.links.last().request.hasHave()).isFalse();
    assertThat(scene.links.last().request.hasHaveView()).isFalse();
  }

  /** From one with w1 to one with w2 alone, whose number there is 40. */
  private static Scene caughtUp(long checksum) {
    Scene scene = new Scene("a:1", "b:1").started();
    scene.links.last().says(Said.at("etcd", 5, Said.table(1, W1)));
    scene.links.last().ends(Status.UNAVAILABLE);
    scene.advanceMillis(200);
    scene
        .links
        .last()
        .says(
            SubscribeResponse.newBuilder()
                .setCatchUp(
                    CatchUp.newBuilder()
                        .setFrom(Said.view("etcd", 5, 0))
                        .setTo(Said.version(70))
                        .setView(Said.view("etcd", 8, 0))
                        .setBalancing(Said.table(1).getTable().getBalancing())
                        .addRemovedIds("w1")
                        .addRemovedIds("unknown")
                        .addChanged(W2)
                        .addNumbers(40)
                        .addHealths(EndpointHealth.ENDPOINT_HEALTH_UNREACHABLE)
                        .setChecksum(checksum))
                .build());
    return scene;
  }

  private static SubscribeResponse removal() {
    SubscribeResponse.Builder removal = Said.delta(71).toBuilder();
    removal.getDeltaBuilder().addRemoved(40);
    return removal.build();
  }

  private static List<String> ids(Scene scene) {
    return Stream.of(scene.lastView())
        .flatMap(view -> view.table().endpoints().stream())
        .map(Endpoint::id)
        .toList();
  }
}
