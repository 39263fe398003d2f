package dev.lookaside.registry.watch;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointTable;
import dev.lookaside.core.time.ManualTicker;
import dev.lookaside.registry.address.AddressRules;
import dev.lookaside.registry.codec.EndpointCodec;
import dev.lookaside.registry.codec.RegistryKeys;
import dev.lookaside.registry.loop.Bell;
import dev.lookaside.registry.signature.RegistrationCheck;
import dev.lookaside.registry.store.EtcdFailure;
import dev.lookaside.registry.testing.Recorder;
import dev.lookaside.registry.view.RegistrySync.InSync;
import dev.lookaside.registry.view.RegistrySync.NeverSynced;
import dev.lookaside.registry.view.RegistrySync.Stale;
import dev.lookaside.registry.view.RegistryView;
import dev.lookaside.registry.view.ViewPublisher;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The watch's loop over a scripted etcd, with time in the test's hand. */
class RegistryWatchLoopTest {
  private final ManualTicker ticker = new ManualTicker();
  private final ScriptedStore store = new ScriptedStore();
  private final Recorder recorder = new Recorder();
  private final Map<String, CompletableFuture<Boolean>> asked = new HashMap<>();
  private final RegistryWatchSettings settings = RegistryWatchSettings.defaults();
  private boolean bug;
  private final ViewPublisher publisher =
      new ViewPublisher(ticker, settings.publishEvery(), this::updated);
  private final RegistryWatchLoop loop =
      new RegistryWatchLoop(
          store,
          "lookaside/",
          settings,
          new RegistryModel(
              new RegistryKeys("lookaside"),
              new EndpointCodec(AddressRules.defaults()),
              RegistrationCheck.none(),
              new KnownKeys(1_000),
              new Rejections(ticker, recorder, line -> {}),
              ticker),
          this::ask,
          new WatchInbox(new Bell()),
          publisher,
          recorder,
          ticker,
          new Random(1));

  @Test
  void watchesFromTheRevisionAfterTheOneItRead() throws Exception {
    store.putSilently("w1", at(1));
    turn();

    assertThat(ids()).containsExactly("w1");
    assertThat(view().sync()).isInstanceOf(InSync.class);
    assertThat(view().revision()).isEqualTo(11);
    assertThat(store.watchedFrom()).containsExactly(12L);
    assertThat(recorder.heard()).containsExactly("resynced: start");
  }

  @Test
  void staysUnsyncedWithoutAViewWhileEtcdDoesNotAnswer() throws Exception {
    store.fail(EtcdFailure.Kind.UNREACHABLE);
    run(Duration.ofSeconds(30));

    assertThat(view().sync()).isEqualTo(new NeverSynced());
    assertThat(recorder.views()).isEmpty();
    assertThat(store.ranges()).as("tries in 30 s").isBetween(8, 20);
  }

  @Test
  void publishesTheFirstChangeAtOnceAndAStormOnlyEveryTwentyMilliseconds() throws Exception {
    turn();
    run(Duration.ofSeconds(1));
    int before = recorder.views().size();

    store.put("w1", at(1));
    loop.take();
    assertThat(recorder.views()).hasSize(before + 1);

    for (int i = 0; i < 1_000; i++) {
      store.put("w" + i % 10, at(i + 1));
      ticker.advance(Duration.ofNanos(100_000));
      loop.take();
    }
    assertThat(recorder.views().size() - before).as("views in 100 ms").isBetween(4, 6);
    run(Duration.ofMillis(25));
    assertThat(table().find("w9").orElseThrow().address().port()).isEqualTo(1_000);
  }

  @Test
  void doesNotPublishARewriteOfTheSameValue() throws Exception {
    store.putSilently("w1", at(1));
    turn();
    int before = recorder.views().size();

    store.put("w1", at(1));
    run(Duration.ofMillis(100));

    assertThat(recorder.views()).hasSize(before);
  }

  @Test
  void findsWhatTheWatchMissedByReadingEverythingEveryFiveSeconds() throws Exception {
    turn();
    store.putSilently("w1", at(1));

    Duration took = runUntilIdsAre("w1");

    assertThat(took).isLessThanOrEqualTo(Duration.ofSeconds(5));
    assertThat(store.watchedFrom()).as("the watch went on").hasSize(1);
  }

  @Test
  void anEventOlderThanTheLastFullReadChangesNothing() throws Exception {
    store.putSilently("w1", at(1));
    turn();
    store.duringNextRange(() -> {
      store.put("w1", at(2));
      store.delete("w1"); // both wait in the inbox while the read overtakes them
      store.putSilently("w1", at(3));
    });
    run(Duration.ofMillis(5_200));

    assertThat(store.ranges()).isEqualTo(2);
    assertThat(table().find("w1").orElseThrow().address().port()).isEqualTo(3);
  }

  @Test
  void startsOverWhenTheWatchEndsAndMissesNothingInBetween() throws Exception {
    turn();
    store.breakWatch("the revision was compacted");
    loop.take();
    store.putSilently("w1", at(1));

    Duration took = runUntilIdsAre("w1");

    assertThat(took).isLessThan(Duration.ofMillis(250));
    assertThat(recorder.heard()).contains("resynced: the revision was compacted");
    assertThat(view().sync()).isInstanceOf(InSync.class);
  }

  @Test
  void startsOverWhenTheWatchIsSilent() throws Exception {
    turn();
    runInSilence(Duration.ofSeconds(4));

    assertThat(store.watchedFrom()).hasSize(2);
    assertThat(recorder.heard()).contains("resynced: no sign of life for PT3S");
  }

  @Test
  void isStaleWithinFiveSecondsOfTheLastWordAndKeepsItsTables() throws Exception {
    store.putSilently("w1", at(1));
    turn();
    store.fail(EtcdFailure.Kind.UNREACHABLE);

    Duration silent = Duration.ZERO;
    while (!(view().sync() instanceof Stale)) {
      runInSilence(Duration.ofMillis(100));
      silent = silent.plusMillis(100);
    }

    assertThat(silent).isLessThanOrEqualTo(Duration.ofSeconds(5));
    assertThat(ids()).containsExactly("w1");
    store.wipe();
    runInSilence(Duration.ofMinutes(5));
    assertThat(ids()).containsExactly("w1");
    store.recover();
    runInSilence(Duration.ofSeconds(6));
    assertThat(view().sync()).isInstanceOf(InSync.class);
  }

  @Test
  void isStaleAtOnceWhenItMayNoLongerRead() throws Exception {
    turn();
    store.fail(EtcdFailure.Kind.DENIED);
    run(Duration.ofMillis(5_050));

    assertThat(view().sync()).isInstanceOf(Stale.class);
    assertThat(recorder.count("denied")).isPositive();
  }

  @Test
  void asksBeforeItEvictsWhenMoreThanHalfVanishAtOnce() throws Exception {
    fourWorkers();
    store.delete("w1");
    store.delete("w2");
    store.delete("w3");
    loop.take();

    assertThat(asked).containsOnlyKeys("w1", "w2", "w3");
    run(Duration.ofMillis(100));
    assertThat(ids()).containsExactly("w1", "w2", "w3", "w4");

    answer("w1").complete(true);
    answer("w2").complete(false);
    answer("w3").completeExceptionally(new IllegalStateException("no connection"));
    run(Duration.ofMillis(100));
    assertThat(ids()).containsExactly("w1", "w4");
  }

  @Test
  void bringsBackWhoWentJustBeforeTheOthersIfTheyServe() throws Exception {
    fourWorkers();
    store.delete("w1");
    run(Duration.ofSeconds(1));
    assertThat(ids()).containsExactly("w2", "w3", "w4");
    store.delete("w2");
    store.delete("w3");
    loop.take();

    answer("w1").complete(true);
    run(Duration.ofMillis(100));

    assertThat(ids()).containsExactly("w1", "w2", "w3", "w4");
  }

  @Test
  void believesEtcdWhenAFewVanishOrSlowly() throws Exception {
    fourWorkers();
    store.delete("w1");
    store.delete("w2");
    run(Duration.ofSeconds(11));
    store.delete("w3");
    run(Duration.ofMillis(100));

    assertThat(asked).isEmpty();
    assertThat(ids()).containsExactly("w4");
  }

  @Test
  void doesNotAskWhoWasDraining() throws Exception {
    fourWorkers();
    for (String id : List.of("w1", "w2", "w3", "w4")) {
      store.put(id, "{\"Addr\":\"127.0.0.1:1\",\"Metadata\":{\"state\":\"DRAINING\"}}");
      store.delete(id);
    }
    run(Duration.ofMillis(100));

    assertThat(asked).isEmpty();
    assertThat(ids()).isEmpty();
    assertThat(view().tables()).containsKey("worker");
  }

  @Test
  void keepsEvenTheOnlyOneWhenEtcdLostItsHistory() throws Exception {
    store.putSilently("w1", at(1));
    turn();
    store.wipe();
    store.signOfLife();
    run(Duration.ofSeconds(1));

    assertThat(asked).containsOnlyKeys("w1");
    assertThat(ids()).containsExactly("w1");
  }

  @Test
  void asksWhoIsKeptAgainUntilItRegistersOrStops() throws Exception {
    store.putSilently("w1", at(1));
    store.putSilently("w2", at(2));
    turn();
    store.wipe();
    store.breakWatch("connection reset");
    run(Duration.ofSeconds(1));
    assertThat(ids()).containsExactly("w1", "w2");
    answerAll(true);

    run(Duration.ofSeconds(6));
    assertThat(asked).as("asked again").containsOnlyKeys("w1", "w2");
    assertThat(ids()).containsExactly("w1", "w2");
    store.put("w1", at(11));
    answer("w1").complete(false);
    answer("w2").complete(false);
    run(Duration.ofMillis(100));

    assertThat(ids()).containsExactly("w1");
    assertThat(table().find("w1").orElseThrow().address().port()).isEqualTo(11);
  }

  @Test
  void noticesAnotherClusterBehindTheSameAddress() throws Exception {
    fourWorkers();
    store.becomeAnotherCluster();
    store.wipe();
    for (int i = 0; i < 50; i++) {
      store.putSilently("x", at(99));
    }
    store.signOfLife();
    run(Duration.ofSeconds(1));

    assertThat(asked).containsOnlyKeys("w1", "w2", "w3", "w4");
    assertThat(ids()).containsExactly("w1", "w2", "w3", "w4", "x");
  }

  @Test
  void versionsGrowEvenWhenRevisionsGoBack() throws Exception {
    fourWorkers();
    long version = table().version();
    store.wipe();
    store.putSilently("w1", at(77));
    store.signOfLife();
    run(Duration.ofSeconds(1));

    assertThat(table().version()).isGreaterThan(version);
    assertThat(view().revision()).isEqualTo(2);
  }

  @Test
  void theYoungerOfTwoIdsOnOneAddressWins() throws Exception {
    store.putSilently("old", at(1));
    store.putSilently("young", at(1));
    store.putSilently("old", "{\"Addr\":\"127.0.0.1:1\",\"Metadata\":{\"weight\":2}}");
    turn();
    assertThat(ids()).containsExactly("young");

    store.delete("young");
    run(Duration.ofMillis(100));
    assertThat(ids()).containsExactly("old");
  }

  @Test
  void tellsOnceWhoStandsBackForAYoungerOneOnItsAddressHoweverThatIsWritten() throws Exception {
    store.putSilently("old", "{\"Addr\":\"LOCALHOST:1\"}");
    store.putSilently("older", "{\"Addr\":\"localhost.:1\"}");
    store.putSilently("young", at(1));
    turn();
    store.put("other", at(2));
    run(Duration.ofMinutes(1));

    assertThat(ids()).containsExactly("other", "young");
    assertThat(recorder.count("rejected lookaside/worker/old: its address localhost:1 is also"))
        .isEqualTo(1);
    assertThat(recorder.count("rejected lookaside/worker/older")).isEqualTo(1);
  }

  @Test
  void forgetsAServiceThatHasHadNoEndpointForAWhile() throws Exception {
    store.putSilently("w1", at(1));
    turn();
    store.delete("w1");
    run(Duration.ofMinutes(4));
    assertThat(view().tables()).containsKey("worker");

    run(Duration.ofMinutes(2));
    assertThat(view().tables()).isEmpty();

    store.put("w1", at(1));
    run(Duration.ofMillis(100));
    assertThat(ids()).containsExactly("w1");
  }

  @Test
  void readsOnWhereNobodyAnswersRequestsForProgress() throws Exception {
    store.putSilently("w1", at(1));
    turn();
    runInSilence(Duration.ofMinutes(1));

    assertThat(store.watchedFrom()).as("watches in a minute").hasSizeLessThan(5);
    assertThat(recorder.count("resynced")).isLessThan(5);
    int resyncs = recorder.heard().size();
    store.putSilently("w2", at(2));
    runInSilence(Duration.ofSeconds(3));
    assertThat(ids()).containsExactly("w1", "w2");
    assertThat(recorder.heard()).hasSize(resyncs);
    store.fail(EtcdFailure.Kind.UNREACHABLE);
    runInSilence(Duration.ofSeconds(5));
    assertThat(view().sync()).as("hung").isInstanceOf(Stale.class);
  }

  @Test
  void startsOverWhenAWatchTwiceToldNothingOfWhatWasRead() throws Exception {
    turn();
    store.putSilently("w1", at(1));
    run(Duration.ofSeconds(6));
    assertThat(store.watchedFrom()).as("once may be chance").hasSize(1);

    store.putSilently("w2", at(2));
    run(Duration.ofSeconds(6));
    assertThat(recorder.heard()).contains("resynced: the watch told nothing of what was read");
  }

  @Test
  void aBugInATurnCostsNoEvents() throws Exception {
    turn();
    run(Duration.ofMillis(100));
    bug = true;
    store.put("w1", at(1));
    assertThatThrownBy(loop::take).isInstanceOf(IllegalStateException.class);
    bug = false;

    run(Duration.ofSeconds(1));
    assertThat(ids()).containsExactly("w1");
    assertThat(recorder.count("resynced: a bug")).isEqualTo(1);
  }

  private void fourWorkers() throws InterruptedException {
    for (int i = 1; i <= 4; i++) {
      store.putSilently("w" + i, at(i));
    }
    turn();
    run(Duration.ofMillis(100));
  }

  private void updated(RegistryView published) {
    if (bug) {
      throw new IllegalStateException("scripted");
    }
    recorder.updated(published);
  }

  private CompletableFuture<Boolean> ask(Endpoint endpoint) {
    return asked.compute(endpoint.id(), (id, before) -> new CompletableFuture<>());
  }

  /** The answer that the loop waits for. */
  private CompletableFuture<Boolean> answer(String id) {
    return requireNonNull(asked.get(id), id);
  }

  private void answerAll(boolean serving) throws InterruptedException {
    List<CompletableFuture<Boolean>> answers = List.copyOf(asked.values());
    asked.clear();
    answers.forEach(answer -> answer.complete(serving));
    loop.take();
  }

  /** Some turns on the spot. */
  private void turn() throws InterruptedException {
    loop.take();
    loop.take();
  }

  /** Lets time pass, with a sign of life from etcd now and then. */
  private void run(Duration duration) throws InterruptedException {
    for (long millis = 0; millis < duration.toMillis(); millis += 10) {
      ticker.advance(Duration.ofMillis(10));
      if (millis % 500 == 0) {
        store.signOfLife();
      }
      loop.take();
    }
  }

  private void runInSilence(Duration duration) throws InterruptedException {
    for (long millis = 0; millis < duration.toMillis(); millis += 10) {
      ticker.advance(Duration.ofMillis(10));
      loop.take();
    }
  }

  private Duration runUntilIdsAre(String... ids) throws InterruptedException {
    long start = ticker.nanos();
    while (!ids().equals(List.of(ids))) {
      run(Duration.ofMillis(10));
      assertThat(ticker.nanos() - start).isLessThan(Duration.ofMinutes(1).toNanos());
    }
    return Duration.ofNanos(ticker.nanos() - start);
  }

  private RegistryView view() {
    return publisher.view();
  }

  private EndpointTable table() {
    return view().tables().getOrDefault("worker", EndpointTable.empty("worker"));
  }

  private List<String> ids() {
    return table().endpoints().stream().map(Endpoint::id).toList();
  }

  private static String at(int port) {
    return "{\"Addr\":\"127.0.0.1:" + port + "\"}";
  }
}
