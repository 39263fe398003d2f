package dev.lookaside.registry.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointState;
import dev.lookaside.core.endpoint.Locality;
import dev.lookaside.registry.address.AddressRules;
import dev.lookaside.registry.store.StoredKey;
import dev.lookaside.registry.testing.Workers;
import io.etcd.jetcd.ByteSequence;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointCodecTest {
  private static final RegistryKeys.Name NAME = new RegistryKeys.Name("worker", "w1");
  private final EndpointCodec codec = new EndpointCodec(AddressRules.defaults());

  @Test
  void readsBackWhatItWrites() {
    Endpoint endpoint = Workers.worker("w1", 50_052, "i-1").endpoint(EndpointState.DRAINING);

    assertThat(codec.decode(NAME, stored(EndpointCodec.encode(endpoint)))).isEqualTo(endpoint);
  }

  @Test
  void writesTheFieldsOfGrpcNaming() {
    Endpoint endpoint = Workers.worker("w1", 50_052, "i-1").endpoint(EndpointState.READY);

    assertThat(EndpointCodec.encode(endpoint).toString(UTF_8))
        .isEqualTo(
            "{\"Op\":0,\"Addr\":\"127.0.0.1:50052\",\"Metadata\":{\"weight\":2.5,\"capacity\":4.0,"
                + "\"region\":\"eu\",\"zone\":\"eu-1\",\"subZone\":\"rack-7\","
                + "\"incarnation\":\"i-1\",\"state\":\"READY\",\"version\":\"1.2.3\","
                + "\"metricsAddress\":\"127.0.0.1:9000\"}}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'Addr':'w1.example:50052'}",
        "{'Op':0,'Addr':'w1.example:50052','Metadata':null}",
        "{'Addr':'w1.example:50052','Metadata':{},'New':{'x':[1]}}",
        "{'Addr':'w1.example:50052','Metadata':{'weight':null,'shoe':44,'id':'w1'}}"
      })
  void takesDefaultsForWhatIsMissingAndIgnoresWhatIsUnknown(String json) {
    Endpoint endpoint = codec.decode(NAME, stored(json));

    assertThat(endpoint.address().toString()).isEqualTo("w1.example:50052");
    assertThat(endpoint.weight()).isEqualTo(1);
    assertThat(endpoint.capacity()).isEqualTo(1);
    assertThat(endpoint.locality()).isEqualTo(Locality.UNSPECIFIED);
    assertThat(endpoint.state()).isEqualTo(EndpointState.READY);
    assertThat(endpoint.incarnation()).isEqualTo("rev-7");
    assertThat(endpoint.attributes()).isEqualTo(Map.of());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "nonsense|not acceptable JSON",
        "``|not a JSON object",
        "[]|not a JSON object",
        "{'Addr':'a:1'} {}|not acceptable JSON",
        "{'Addr':'a:1','Addr':'b:2'}|not acceptable JSON",
        "{'Addr':'a:1','x':[[[[[[[[[[]]]]]]]]]]}|not acceptable JSON",
        "{}|address is ''",
        "{'Op':1,'Addr':'a:1'}|Op is 1",
        "{'Op':'0','Addr':'a:1'}|Op is \"0\" (expected: a number)",
        "{'Addr':17}|Addr is 17",
        "{'Addr':'a:0'}|port is 0",
        "{'Addr':'a:-1'}|port of 1 to 65535",
        "{'Addr':'a:65536'}|port is 65536",
        "{'Addr':'unix:/tmp/x'}|address is 'unix:/tmp/x'",
        "{'Addr':'user@host:80'}|host is 'user@host'",
        "{'Addr':'a\\r\\nb:80'}|(expected: a text",
        "{'Addr':'169.254.169.254:80'}|a link-local address",
        "{'Addr':'a:1','Metadata':[]}|Metadata is not a JSON object",
        "{'Addr':'a:1','Metadata':{'id':'w2'}}|id is \"w2\" (expected: w1, as in the key)",
        "{'Addr':'a:1','Metadata':{'service':'x'}}|(expected: worker, as in the key)",
        "{'Addr':'a:1','Metadata':{'weight':-1}}|weight of endpoint w1 is -1",
        "{'Addr':'a:1','Metadata':{'weight':NaN}}|not acceptable JSON",
        "{'Addr':'a:1','Metadata':{'weight':'NaN'}}|weight is \"NaN\" (expected: a number)",
        "{'Addr':'a:1','Metadata':{'weight':1e999}}|weight of endpoint w1 is Infinity",
        "{'Addr':'a:1','Metadata':{'capacity':0}}|capacity of endpoint w1 is 0",
        "{'Addr':'a:1','Metadata':{'state':'GONE'}}|state is \"GONE\" (expected: READY or DRAINING)",
        "{'Addr':'a:1','Metadata':{'zone':'\\u202e'}}|(expected: a text of at most",
        "{'Addr':'a:1','Metadata':{'metricsAddress':'169.254.169.254:80'}}|a link-local address",
      })
  void refusesWhatCannotBeMeant(String json, String why) {
    assertThatThrownBy(() -> codec.decode(NAME, stored(json)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }

  @Test
  void refusesAValueOfMoreThan16KiBWithoutReadingIt() {
    String json = "{'Addr':'a:1','x':'" + "y".repeat(16 * 1024) + "'}";

    assertThatThrownBy(() -> codec.decode(NAME, stored(json)))
        .hasMessageContaining("bytes (expected: at most 16384)");
  }

  private static StoredKey stored(String json) {
    return stored(ByteSequence.from(json.replace('\'', '"'), UTF_8));
  }

  private static StoredKey stored(ByteSequence value) {
    return new StoredKey("lookaside/worker/w1", value, 7, 9, 1);
  }
}
