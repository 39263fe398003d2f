package dev.lookaside.registry.watch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.core.endpoint.EndpointTable;
import dev.lookaside.core.time.ManualTicker;
import dev.lookaside.registry.address.AddressRules;
import dev.lookaside.registry.codec.EndpointCodec;
import dev.lookaside.registry.codec.RegistryKeys;
import dev.lookaside.registry.signature.RegistrationCheck;
import dev.lookaside.registry.store.StoredKey;
import dev.lookaside.registry.view.RegistryListener;
import dev.lookaside.registry.view.RegistryView;
import io.etcd.jetcd.ByteSequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Somebody fills etcd with what makes no sense, or with too much of what does. */
class GreedyWriterTest {
  private static final int MOST = 10;
  private static final ByteSequence NONSENSE = ByteSequence.from(new byte[20 << 10]);

  private final List<String> refused = new ArrayList<>();
  private final ManualTicker ticker = new ManualTicker();
  private final KnownKeys known = new KnownKeys(MOST);
  private final RegistryModel model =
      new RegistryModel(
          new RegistryKeys("lookaside"),
          new EndpointCodec(AddressRules.defaults()),
          RegistrationCheck.none(),
          known,
          new Rejections(
              ticker,
              new RegistryListener() {
                @Override
                public void updated(RegistryView view) {}

                @Override
                public void rejected(String key, String reason) {
                  refused.add(reason);
                }
              },
              line -> {}),
          ticker);

  /** 30,000 keys of 20 KiB are 600 MB; what is remembered of them has no bytes of theirs. */
  @Test
  void ofWhatIsRefusedOnlyTheNameAndTheRevisionAreKeptAndOfTooManyNothing() {
    RegistryModel.Reading first = model.reading();
    for (int i = 0; i < 30_000; i++) {
      first.take(key("worker/n" + i, NONSENSE));
    }
    first.take(key("worker/" + "n".repeat(100_000), NONSENSE));
    first.take(endpoint("w1", 1));

    assertThat(first.complete()).isTrue();
    assertThat(known.size()).isEqualTo(20_001);
    assertThat(table(1).endpoints()).hasSize(1);

    RegistryModel.Reading second = model.reading();
    for (int i = 0; i < 30_000; i++) {
      second.take(key("worker/n" + i, NONSENSE));
    }
    second.take(endpoint("w1", 1));
    assertThat(second.complete()).as("nothing has changed").isFalse();
  }

  @Test
  void endpointsThatAreTooManyAreRefusedAndSaidAndComeWhenThereIsRoom() {
    for (int i = 0; i < 15; i++) {
      model.put(endpoint("w" + i, i));
    }

    assertThat(table(1).endpoints()).hasSize(MOST);
    assertThat(refused)
        .hasSize(5)
        .containsOnly("there are too many endpoints (expected: at most 10)");

    model.delete("lookaside/worker/w0");
    model.put(new StoredKey("lookaside/worker/w14", value(14), 1, 2, 7));
    assertThat(table(2).find("w14")).isPresent();
  }

  private EndpointTable table(long revision) {
    return Objects.requireNonNull(model.tables(revision).get("worker"));
  }

  private static StoredKey endpoint(String id, int port) {
    return key("worker/" + id, value(port));
  }

  private static ByteSequence value(int port) {
    return ByteSequence.from("{\"Op\":0,\"Addr\":\"10.0.0.1:" + (1_000 + port) + "\"}", UTF_8);
  }

  private static StoredKey key(String path, ByteSequence value) {
    return new StoredKey("lookaside/" + path, value, 1, 1, 7);
  }
}
