package dev.lookaside.client.grpc.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.core.endpoint.Endpoint;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the channels of a subscription are told. */
final class SubscriptionTest {

  @Test
  void aListenerThatThrowsCostsTheOthersNothing() {
    Scene scene = new Scene("a:1");
    scene.subscription.remove(scene);
    scene.subscription.add(new Throwing());
    scene.subscription.add(scene);
    scene.started();
    scene.links.last().says(Said.table(1, Said.endpoint(1, "w1")));
    scene.links.last().says(Said.delta(2, Said.endpoint(2, "w2")));
    assertThat(scene.views).hasSize(2);
    assertThat(scene.links.opened).hasSize(1);
  }

  @Test
  void whoComesLaterIsToldWhatIsKnown() {
    Scene scene = new Scene("a:1").started();
    scene.links.last().says(Said.table(1, Said.endpoint(1, "w1")));
    List<ServiceView> views = new ArrayList<>();
    scene.subscription.add(into(views));
    assertThat(views).isEqualTo(scene.views);
  }

  @Test
  void whoHasLeftIsToldNothing() {
    Scene scene = new Scene("a:1").started();
    scene.subscription.remove(scene);
    scene.links.last().says(Said.table(1));
    assertThat(scene.views).isEmpty();
  }

  @Test
  void readsTheSnapshotOnAThreadThatMayBlock() {
    Scene scene = new Scene("a:1");
    scene.snapshot = Optional.of(Said.table(1, Said.endpoint(1, "w1")).getTable());
    scene.started();
    scene.links.last().ends(Status.UNAVAILABLE);
    assertThat(scene.views).isEmpty();
    scene.runBlocking();
    assertThat(scene.lastView().source()).contains("snapshot");
  }

  @Test
  void keepsTheSnapshotOnAThreadThatMayBlock() {
    Scene scene = new Scene("a:1").started();
    scene.links.last().says(Said.table(1, Said.endpoint(1, "w1")));
    scene.time.forwardTime(Subscription.SNAPSHOT_INTERVAL);
    assertThat(scene.kept).isEmpty();
    scene.runBlocking();
    assertThat(scene.kept).hasSize(1);
  }

  @Test
  void aTableThatCameMeanwhileIsWorthMoreThanTheSnapshot() {
    Scene scene = new Scene("a:1", "b:1");
    scene.snapshot = Optional.of(Said.table(1, Said.endpoint(1, "old")).getTable());
    scene.started();
    scene.links.last().ends(Status.UNAVAILABLE);
    scene.advanceMillis(200);
    scene.links.last().says(Said.table(2, Said.endpoint(1, "new")));
    scene.runBlocking();
    assertThat(scene.views).hasSize(1);
    assertThat(ids(scene.lastView())).containsExactly("new");
  }

  @Test
  void neitherComplainsNorAsksTwiceWhileTheSnapshotIsBeingRead() {
    Scene scene = new Scene("a:1").started();
    for (int second = 0; second < 20; second++) {
      if (scene.links.last().isOpen) {
        scene.links.last().ends(Status.UNAVAILABLE);
      }
      scene.advanceMillis(1_000);
    }
    assertThat(scene.blocking).hasSize(1);
    assertThat(scene.errors).isEmpty();
    scene.runBlocking();
    assertThat(scene.errors).hasSize(1);
  }

  @Test
  void aChangeOutsideOfTheClientsPartIsNoNews() {
    Scene scene = new Scene("a:1").started();
    var endpoints = new dev.lookaside.v1.TableEndpoint.Builder[200];
    for (int i = 0; i < endpoints.length; i++) {
      endpoints[i] = Said.endpoint(i, "w" + i);
    }
    scene.links.last().says(Said.table(1, endpoints));
    List<String> chosen = ids(scene.lastView());
    assertThat(chosen).hasSize(100);
    for (int i = 0; i < endpoints.length; i++) {
      scene.links.last().says(Said.delta(2 + i, endpoints[i].setCapacity(7)));
    }
    assertThat(scene.views).hasSize(1 + 100);
    assertThat(ids(scene.lastView())).isEqualTo(chosen);
  }

  private static List<String> ids(ServiceView view) {
    return view.table().endpoints().stream().map(Endpoint::id).toList();
  }

  private static Subscription.Listener into(List<ServiceView> views) {
    return new Subscription.Listener() {
      @Override
      public void updated(ServiceView view) {
        views.add(view);
      }

      @Override
      public void unavailable(Status status) {}
    };
  }

  private static final class Throwing implements Subscription.Listener {
    @Override
    public void updated(ServiceView view) {
      throw new IllegalStateException("a channel is broken");
    }

    @Override
    public void unavailable(Status status) {
      throw new IllegalStateException("a channel is broken");
    }
  }
}
