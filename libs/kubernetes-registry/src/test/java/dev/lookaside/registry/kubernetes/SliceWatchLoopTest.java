package dev.lookaside.registry.kubernetes;

import static dev.lookaside.registry.kubernetes.SliceBuilder.ready;
import static dev.lookaside.registry.kubernetes.SliceBuilder.slice;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.core.time.ManualTicker;
import dev.lookaside.registry.address.AddressRules;
import dev.lookaside.registry.loop.Bell;
import dev.lookaside.registry.view.RegistryListener;
import dev.lookaside.registry.view.RegistrySync;
import dev.lookaside.registry.view.RegistryView;
import dev.lookaside.registry.view.ViewPublisher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SliceWatchLoopTest {
  private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(5);

  private final ManualTicker ticker = new ManualTicker();
  private final ScriptedSlices store = new ScriptedSlices();
  private final List<String> heard = new ArrayList<>();
  private final RegistryListener listener =
      new RegistryListener() {
        @Override
        public void updated(RegistryView view) {}

        @Override
        public void resynced(String reason) {
          heard.add("resynced: " + reason);
        }

        @Override
        public void denied(String message) {
          heard.add("denied: " + message);
        }
      };
  private final KubernetesSettings settings =
      KubernetesSettings.of("shop", "lookaside.dev/balance=true", "grpc", "");
  private final ViewPublisher publisher =
      new ViewPublisher(ticker, settings.publishEvery(), listener);
  private final SliceWatchLoop loop =
      new SliceWatchLoop(
          store,
          settings,
          new Slices(
              new SliceReader("grpc", AddressRules.defaults()), Map.of(), 100, listener, ticker),
          new SliceInbox(new Bell()),
          publisher,
          listener,
          ticker,
          new Random(7));

  private void turn() throws InterruptedException {
    loop.take();
  }

  private void turnAfter(Duration pause) throws InterruptedException {
    ticker.advance(pause);
    turn();
  }

  private List<String> ids() {
    return requireNonNull(publisher.view().tables().get("greeter")).endpoints().stream()
        .map(one -> one.id())
        .toList();
  }

  private void startWithOne() throws InterruptedException {
    store.content.add(slice("greeter-1", "greeter", 9, ready("a", "10.0.0.1")));
    turn();
  }

  @Test
  void itListsAndWatchesFromThere() throws InterruptedException {
    startWithOne();

    assertThat(store.asked).containsExactly("list", "watch 10");
    assertThat(ids()).containsExactly("a");
    assertThat(publisher.view().revision()).isEqualTo(10);
    assertThat(publisher.view().sync()).isInstanceOf(RegistrySync.InSync.class);
  }

  @Test
  void aChangeIsSeenWithoutAList() throws InterruptedException {
    startWithOne();
    store.watcher().put(slice("greeter-2", "greeter", 11, ready("b", "10.0.0.2")));
    turnAfter(settings.publishEvery());
    assertThat(ids()).containsExactly("a", "b");

    store.watcher().delete(slice("greeter-1", "greeter", 12));
    turnAfter(settings.publishEvery());
    assertThat(ids()).containsExactly("b");
    assertThat(store.asked).containsExactly("list", "watch 10");
  }

  @Test
  void aWatchThatEndsGoesOnWhereItWas() throws InterruptedException {
    startWithOne();
    store.watcher().bookmark(25);
    store.watcher().ended(new SliceFailure(SliceFailure.Kind.UNAVAILABLE, "timeout"));
    turn();
    turnAfter(LONGEST_BACKOFF);

    assertThat(store.asked).containsExactly("list", "watch 10", "close", "watch 25");
    assertThat(publisher.view().sync()).isInstanceOf(RegistrySync.InSync.class);
  }

  @Test
  void after410GoneEverythingIsReadAnew() throws InterruptedException {
    startWithOne();
    store.content.set(0, slice("greeter-1", "greeter", 40, ready("c", "10.0.0.3")));
    store.version = 41;
    store.watcher().ended(new SliceFailure(SliceFailure.Kind.GONE, "too old resource version"));
    turn();
    turnAfter(settings.publishEvery());

    assertThat(store.asked).containsExactly("list", "watch 10", "close", "list", "watch 41");
    assertThat(ids()).containsExactly("c");
    assertThat(heard).containsExactly("resynced: start", "resynced: the watch was too far behind");
  }

  @Test
  void a410OnTheWayToAWatchIsReadAnewToo() throws InterruptedException {
    startWithOne();
    store.watcher().ended(new SliceFailure(SliceFailure.Kind.UNAVAILABLE, "timeout"));
    store.failure = Optional.of(new SliceFailure(SliceFailure.Kind.GONE, "too old"));
    turn();
    turnAfter(Duration.ofSeconds(1));
    store.failure = Optional.empty();
    turnAfter(LONGEST_BACKOFF);

    assertThat(store.asked).endsWith("watch 10", "list", "watch 10");
  }

  @Test
  void theLastGoodViewStaysAsStaleWhileTheServerIsAway() throws InterruptedException {
    startWithOne();
    store.failure = Optional.of(new SliceFailure(SliceFailure.Kind.UNAVAILABLE, "refused"));
    store.watcher().ended(new SliceFailure(SliceFailure.Kind.UNAVAILABLE, "reset"));
    turn();
    turnAfter(Duration.ofSeconds(1));

    assertThat(publisher.view().sync()).isInstanceOf(RegistrySync.Stale.class);
    assertThat(ids()).containsExactly("a");

    store.failure = Optional.empty();
    turnAfter(LONGEST_BACKOFF);
    assertThat(publisher.view().sync()).isInstanceOf(RegistrySync.InSync.class);
  }

  @Test
  void aWatchThatHearsNothingIsComparedWithAList() throws InterruptedException {
    startWithOne();
    store.content.add(slice("greeter-2", "greeter", 30, ready("b", "10.0.0.2")));
    store.version = 30;
    turnAfter(settings.listEvery());

    assertThat(ids()).containsExactly("a", "b");
    assertThat(store.asked).containsExactly("list", "watch 10", "list");
  }

  @Test
  void whatAWatchSaysOfTheTimeBeforeTheListIsOver() throws InterruptedException {
    startWithOne();
    store.version = 30;
    turnAfter(settings.listEvery());
    store.watcher().put(slice("greeter-1", "greeter", 29, ready("old", "10.0.0.8")));
    turnAfter(settings.publishEvery());

    assertThat(ids()).containsExactly("a");
  }

  @Test
  void aClusterThatWasRestoredIsReadAndFollowedFromItsOwnVersion() throws InterruptedException {
    startWithOne();
    store.version = 4;
    store.content.set(0, slice("greeter-1", "greeter", 3, ready("r", "10.0.0.4")));
    turnAfter(settings.listEvery());
    turnAfter(settings.publishEvery());

    assertThat(store.asked).containsExactly("list", "watch 10", "list", "close", "watch 4");
    assertThat(ids()).containsExactly("r");
    assertThat(requireNonNull(publisher.view().tables().get("greeter")).version())
        .isGreaterThan(10);
  }

  @Test
  void anAccountThatMayNotReadIsToldOfAndTriedOn() throws InterruptedException {
    store.failure = Optional.of(new SliceFailure(SliceFailure.Kind.DENIED, "forbidden"));
    turn();
    store.failure = Optional.empty();
    store.content.add(slice("greeter-1", "greeter", 9, ready("a", "10.0.0.1")));
    turnAfter(LONGEST_BACKOFF);

    assertThat(heard).containsExactly("denied: forbidden", "resynced: start");
    assertThat(ids()).containsExactly("a");
  }

  @Test
  void moreEventsThanCanWaitAreReplacedByAList() throws InterruptedException {
    startWithOne();
    for (int i = 0; i <= SliceInbox.MOST_WAITING; i++) {
      store.watcher().bookmark(11 + i);
    }
    turn();
    turn();

    assertThat(store.asked).containsExactly("list", "watch 10", "close", "list", "watch 10");
  }
}
