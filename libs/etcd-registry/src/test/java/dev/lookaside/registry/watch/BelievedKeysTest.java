package dev.lookaside.registry.watch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.time.ManualTicker;
import dev.lookaside.registry.address.AddressRules;
import dev.lookaside.registry.codec.EndpointCodec;
import dev.lookaside.registry.codec.RegistryKeys;
import dev.lookaside.registry.signature.RegistrationCheck;
import dev.lookaside.registry.signature.SignatureCheck;
import dev.lookaside.registry.signature.SignatureCheck.Unsigned;
import dev.lookaside.registry.store.StoredKey;
import dev.lookaside.registry.view.Disbelief;
import dev.lookaside.registry.view.RegistryListener;
import dev.lookaside.registry.view.RegistryView;
import dev.lookaside.tls.LiveTls;
import dev.lookaside.tls.PemFiles;
import dev.lookaside.tls.development.DevelopmentAuthority;
import io.etcd.jetcd.ByteSequence;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys are judged when they change, and anew when what they were judged by has changed. */
final class BelievedKeysTest {
  private final ManualTicker ticker = new ManualTicker();
  private final List<String> log = new ArrayList<>();
  private final List<Disbelief.Cause> causes = new ArrayList<>();
  private boolean allowed = true;
  private RegistryModel model;

  @BeforeEach
  void make(@TempDir Path directory) {
    LiveTls tls = new LiveTls(PemFiles.trusting(DevelopmentAuthority.in(directory).ca()).load());
    Policy policy = new Policy();
    SignatureCheck check = new SignatureCheck(tls, policy, Unsigned.BELIEVED, () -> Instant.EPOCH);
    model =
        new RegistryModel(
            new RegistryKeys("lookaside"),
            new EndpointCodec(AddressRules.defaults()),
            new Forbidding(check),
            new KnownKeys(1_000),
            new Rejections(ticker, new Listener(), log::add),
            ticker);
  }

  @Test
  void aKeyGoesWhenItsWriterLosesTheRightAndComesBackWithIt() {
    StoredKey key = stored("w1");
    assertThat(model.put(key)).isTrue();
    assertThat(endpoints()).isEqualTo(1);

    allowed = false;
    assertThat(model.put(key)).as("news from etcd").isFalse();
    assertThat(endpoints()).isZero();
    assertThat(causes).containsExactly(Disbelief.Cause.RIGHTS);

    allowed = true;
    assertThat(model.put(key)).as("news from etcd").isFalse();
    assertThat(endpoints()).isEqualTo(1);
  }

  @Test
  void manyForgedKeysAreOneLineOfLog() {
    allowed = false;
    for (int i = 0; i < 500; i++) {
      var unused = model.put(stored("w" + i));
    }
    assertThat(causes).hasSize(500);
    assertThat(log).hasSize(1);
    assertThat(log.get(0)).isEqualTo("not believing the key 'lookaside/worker/w0': not this one");
  }

  private int endpoints() {
    var table = model.tables(1).get("worker");
    return table == null ? 0 : table.size();
  }

  private static StoredKey stored(String id) {
    return new StoredKey(
        "lookaside/worker/" + id,
        ByteSequence.from("{\"Addr\":\"10.0.0.1:50052\"}", UTF_8),
        1,
        1,
        1);
  }

  private final class Listener implements RegistryListener {
    @Override
    public void updated(RegistryView view) {}

    @Override
    public void disbelieved(String key, Disbelief.Cause cause, String reason) {
      causes.add(cause);
    }
  }

  private final class Policy implements SignatureCheck.Writers {
    @Override
    public Optional<String> refusal(String principal, String service, String id) {
      return Optional.empty();
    }

    @Override
    public Object version() {
      return allowed;
    }
  }

  /** The unsigned is believed only while it is allowed. */
  private final class Forbidding implements RegistrationCheck {
    private final SignatureCheck check;

    Forbidding(SignatureCheck check) {
      this.check = check;
    }

    @Override
    public Grounds check(
        RegistryKeys.Name name,
        StoredKey stored,
        Endpoint said,
        Optional<String> signature,
        EndpointCodec codec) {
      if (!allowed) {
        throw new Disbelief(Disbelief.Cause.RIGHTS, "not this one");
      }
      return check.check(name, stored, said, signature, codec);
    }

    @Override
    public Grounds now() {
      return check.now();
    }

    @Override
    public boolean hold(Grounds grounds) {
      return check.hold(grounds);
    }
  }
}
