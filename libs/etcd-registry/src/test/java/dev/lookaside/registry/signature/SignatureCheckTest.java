package dev.lookaside.registry.signature;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lookaside.core.endpoint.Address;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointState;
import dev.lookaside.core.endpoint.Locality;
import dev.lookaside.registry.address.AddressRules;
import dev.lookaside.registry.codec.EndpointCodec;
import dev.lookaside.registry.codec.RegistryKeys;
import dev.lookaside.registry.signature.SignatureCheck.Unsigned;
import dev.lookaside.registry.signature.SignatureCheck.Writers;
import dev.lookaside.registry.store.StoredKey;
import dev.lookaside.registry.view.Disbelief;
import dev.lookaside.registry.view.Disbelief.Cause;
import dev.lookaside.tls.LiveTls;
import dev.lookaside.tls.PemFiles;
import dev.lookaside.tls.development.DevelopmentAuthority;
import dev.lookaside.tls.development.Wanted;
import io.etcd.jetcd.ByteSequence;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody who can write to etcd may try, and what a balancer makes of it. */
final class SignatureCheckTest {
  private static final RegistryKeys KEYS = new RegistryKeys("lookaside");
  private static final Endpoint W1 = worker("w1", "10.0.0.1:50052");
  private static LiveTls balancer;
  private static LiveTls w1;
  private static LiveTls w2;
  private static LiveTls stranger;
  private static LiveTls expired;

  private final EndpointCodec codec = new EndpointCodec(AddressRules.defaults());
  private Instant now = Instant.now();
  private String policy = "first";
  private final InstantSource clock = () -> now;

  @BeforeAll
  static void makeCertificates(@TempDir Path directory) {
    DevelopmentAuthority ours = DevelopmentAuthority.in(directory.resolve("ours"));
    w1 = live(ours.issue(Wanted.of("w1", "uri:spiffe://x/worker/w1")));
    w2 = live(ours.issue(Wanted.of("w2", "uri:spiffe://x/worker/w2")));
    expired = live(ours.issue(Wanted.of("old", "uri:spiffe://x/worker/w1").expired()));
    balancer = live(PemFiles.trusting(ours.ca()));
    DevelopmentAuthority theirs = DevelopmentAuthority.in(directory.resolve("theirs"));
    stranger = live(theirs.issue(Wanted.of("w1", "uri:spiffe://x/worker/w1")));
  }

  @Test
  void believesWhatAWorkerHasSigned() {
    RegistrationCheck.Grounds grounds = check(W1, sealed(W1, w1));

    assertThat(grounds.until()).isAfter(now.plus(Duration.ofHours(23)));
  }

  @Test
  void refusesWhatNobodyHasSigned() {
    assertRefused(W1, EndpointCodec.encode(W1), Cause.UNSIGNED, "it is not signed");
  }

  @Test
  void aKeyOfAnotherAuthorityDoesNotCount() {
    assertRefused(W1, sealed(W1, stranger), Cause.CERTIFICATE, "is issued by");
  }

  @Test
  void aCertificateWhoseTimeIsOverDoesNotCount() {
    assertRefused(W1, sealed(W1, expired), Cause.CERTIFICATE, "ended at");
  }

  @Test
  void theSignatureOfAnotherIdIsNotGoodForThisOne() {
    Endpoint other = worker("w2", "10.0.0.1:50052");
    assertRefused(
        other, sealed(W1, w1), Cause.REPLAYED, "the signature is of the key 'lookaside/worker/w1'");
  }

  @Test
  void theSignatureOfAnotherRegistryIsNotGoodForThisOne() {
    ByteSequence elsewhere = new RegistrationSigner("staging", Optional.of(w1), clock).seal(W1);
    assertRefused(W1, elsewhere, Cause.REPLAYED, "'staging/worker/w1'");
  }

  @Test
  void anotherAddressThanTheSignedOneIsRefused() {
    assertRefused(
        W1,
        altered(sealed(W1, w1), "\"Addr\":\"10.0.0.1:50052\"", "\"Addr\":\"10.6.6.6:50052\""),
        Cause.REPLAYED,
        "the signature is of 10.0.0.1:50052");
  }

  @Test
  void anythingElseThanTheSignedIsRefused() {
    ByteSequence value = sealed(W1, w1);
    assertRefused(
        W1, altered(value, "\"capacity\":4.0", "\"capacity\":400.0"), Cause.REPLAYED, "of other");
    assertRefused(
        W1, altered(value, "\"incarnation\":\"i\"", "\"incarnation\":\"j\""), Cause.REPLAYED, "of");
    assertRefused(
        W1,
        altered(value, "\"metricsAddress\":\"10.0.0.1:80\"", "\"metricsAddress\":\"10.6.6.6:80\""),
        Cause.REPLAYED,
        "of other");
  }

  @Test
  void whatWasSignedCannotBeAlteredEither() {
    String value = sealed(W1, w1).toString(UTF_8);
    int payload = value.indexOf('.', value.indexOf("\"signature\"")) + 40;
    String forged =
        value.substring(0, payload)
            + (value.charAt(payload) == 'A' ? 'B' : 'A')
            + value.substring(payload + 1);
    assertRefused(W1, ByteSequence.from(forged, UTF_8), Cause.SIGNATURE, "");
  }

  @Test
  void aWorkerSignsForItselfOnly() {
    assertRefused(W1, sealed(W1, w2), Cause.RIGHTS, "spiffe://x/worker/w2 is not w1");
  }

  @Test
  void anOldSignatureIsNotGoodForEver() {
    ByteSequence value = sealed(W1, w1);
    now = now.plus(Duration.ofHours(25));
    assertRefused(W1, value, Cause.REPLAYED, "(expected: a time that includes");
  }

  @Test
  void aSignatureFromTheFutureIsNotGoodYet() {
    Instant present = now;
    now = present.plus(Duration.ofHours(2));
    ByteSequence value = sealed(W1, w1);
    now = present;
    assertRefused(W1, value, Cause.REPLAYED, "(expected: a time that includes");
  }

  @Test
  void garbageInPlaceOfASignatureIsRefusedInWords() {
    for (String garbage :
        new String[] {"x", "a.b.c", "e30.e30.e30", "..", "eyJhbGciOiJub25lIn0.."}) {
      assertRefused(W1, EndpointCodec.encode(W1, garbage), Cause.SIGNATURE, "");
    }
  }

  @Test
  void aJudgementEndsWithItsTimeAndWithThePolicy() {
    SignatureCheck check = check(Unsigned.REFUSED);
    RegistrationCheck.Grounds grounds = check(W1, sealed(W1, w1));
    assertThat(check.hold(grounds)).isTrue();

    policy = "second";
    assertThat(check.hold(grounds)).isFalse();
    policy = "first";
    now = now.plus(Duration.ofHours(25));
    assertThat(check.hold(grounds)).isFalse();
  }

  @Test
  void whileWorkersAreUpdatedTheUnsignedMayBeBelievedButNeverTheForged() {
    SignatureCheck permissive = check(Unsigned.BELIEVED);
    assertThat(check(permissive, W1, EndpointCodec.encode(W1))).isNotNull();
    assertThatThrownBy(() -> check(permissive, W1, sealed(W1, stranger)))
        .isInstanceOf(Disbelief.class);
  }

  @Test
  void aSignatureStaysTheSameForHalfOfItsTime() {
    RegistrationSigner signer = new RegistrationSigner("lookaside", Optional.of(w1), clock);
    ByteSequence first = signer.seal(W1);
    now = now.plus(Duration.ofHours(11));
    assertThat(signer.seal(W1)).isEqualTo(first);
    now = now.plus(Duration.ofHours(2));
    assertThat(signer.seal(W1)).isNotEqualTo(first);
  }

  @Test
  void anotherCertificateSignsAnew() {
    LiveTls live = new LiveTls(w1.now());
    RegistrationSigner signer = new RegistrationSigner("lookaside", Optional.of(live), clock);
    ByteSequence first = signer.seal(W1);
    live.replace(w2.now());
    assertThat(signer.seal(W1)).isNotEqualTo(first);
  }

  @Test
  void whoHasNoCertificateSignsNothing() {
    assertThat(sealed(W1, balancer)).isEqualTo(EndpointCodec.encode(W1));
  }

  private void assertRefused(Endpoint endpoint, ByteSequence value, Cause cause, String why) {
    assertThatThrownBy(() -> check(endpoint, value))
        .isInstanceOfSatisfying(
            Disbelief.class, e -> assertThat(e.why()).as(e.getMessage()).isEqualTo(cause))
        .hasMessageContaining(why);
  }

  private RegistrationCheck.Grounds check(Endpoint endpoint, ByteSequence value) {
    return check(check(Unsigned.REFUSED), endpoint, value);
  }

  private RegistrationCheck.Grounds check(
      SignatureCheck check, Endpoint endpoint, ByteSequence value) {
    String key = KEYS.key(endpoint.service(), endpoint.id());
    StoredKey stored = new StoredKey(key, value, 1, 1, 1);
    EndpointCodec.Decoded decoded = codec.read(KEYS.parse(key), stored);
    return check.check(KEYS.parse(key), stored, decoded.endpoint(), decoded.signature(), codec);
  }

  private SignatureCheck check(Unsigned unsigned) {
    Writers own =
        new Writers() {
          @Override
          public Optional<String> refusal(String principal, String service, String id) {
            return principal.endsWith("/" + id)
                ? Optional.empty()
                : Optional.of(principal + " is not " + id);
          }

          @Override
          public Object version() {
            return policy;
          }
        };
    return new SignatureCheck(balancer, own, unsigned, clock);
  }

  private ByteSequence sealed(Endpoint endpoint, LiveTls by) {
    return new RegistrationSigner("lookaside", Optional.of(by), clock).seal(endpoint);
  }

  private static ByteSequence altered(ByteSequence value, String from, String to) {
    String text = value.toString(UTF_8);
    assertThat(text).contains(from);
    return ByteSequence.from(text.replace(from, to), UTF_8);
  }

  private static LiveTls live(PemFiles files) {
    return new LiveTls(files.load());
  }

  private static Endpoint worker(String id, String address) {
    return new Endpoint(
        "worker",
        id,
        Address.parse(address),
        Locality.UNSPECIFIED,
        1,
        4,
        EndpointState.READY,
        "i",
        Map.of("metricsAddress", "10.0.0.1:80"));
  }
}
