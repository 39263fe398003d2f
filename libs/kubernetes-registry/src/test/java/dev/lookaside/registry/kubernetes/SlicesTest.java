package dev.lookaside.registry.kubernetes;

import static dev.lookaside.registry.kubernetes.SliceBuilder.ending;
import static dev.lookaside.registry.kubernetes.SliceBuilder.pod;
import static dev.lookaside.registry.kubernetes.SliceBuilder.ready;
import static dev.lookaside.registry.kubernetes.SliceBuilder.slice;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.core.endpoint.Address;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.endpoint.EndpointState;
import dev.lookaside.core.endpoint.EndpointTable;
import dev.lookaside.core.time.ManualTicker;
import dev.lookaside.registry.address.AddressRules;
import dev.lookaside.registry.view.RegistryListener;
import dev.lookaside.registry.view.RegistryView;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SlicesTest {
  private final List<String> rejected = new ArrayList<>();
  private final Slices slices = slices(100);

  private Slices slices(int mostEndpoints) {
    RegistryListener listener =
        new RegistryListener() {
          @Override
          public void updated(RegistryView view) {}

          @Override
          public void rejected(String key, String reason) {
            rejected.add(key + ": " + reason);
          }
        };
    return new Slices(
        new SliceReader("grpc", AddressRules.defaults()),
        Map.of("lookaside-balancer", "lb"),
        mostEndpoints,
        listener,
        new ManualTicker());
  }

  private List<Endpoint> endpoints(String service) {
    return slices.tables(1).getOrDefault(service, EndpointTable.empty(service)).endpoints();
  }

  private List<String> states(String service) {
    return endpoints(service).stream().map(one -> one.id() + " " + one.state()).toList();
  }

  @Test
  void aReadyPodIsAnEndpointWithTheNamedPortInItsZone() {
    slices.put(slice("greeter-1", "greeter", 5, ready("pod-1", "10.0.0.1")));

    Endpoint only = endpoints("greeter").get(0);
    assertThat(only.id()).isEqualTo("pod-1");
    assertThat(only.address()).isEqualTo(new Address("10.0.0.1", 50052));
    assertThat(only.locality().zone()).isEqualTo("a");
    assertThat(only.incarnation()).isEqualTo("uid-pod-1");
    assertThat(rejected).isEmpty();
  }

  @Test
  void aPodThatEndsDrainsAsLongAsItServes() {
    slices.put(
        slice(
            "greeter-1",
            "greeter",
            5,
            ending("ends", "10.0.0.1"),
            pod("ended", "10.0.0.2", false, false, true),
            pod("starts", "10.0.0.3", false, false, false)));

    assertThat(states("greeter")).containsExactly("ends " + EndpointState.DRAINING);
  }

  @Test
  void whatIsNotSaidCountsAsReady() {
    EndpointSlice silent = slice("greeter-1", "greeter", 5, ready("pod-1", "10.0.0.1"));
    silent.getEndpoints().get(0).setConditions(null);
    slices.put(silent);

    assertThat(states("greeter")).containsExactly("pod-1 READY");
  }

  @Test
  void aServiceIsTheSumOfItsSlicesAndAPodIsThereOnce() {
    slices.put(
        slice("greeter-1", "greeter", 5, ready("a", "10.0.0.1"), ending("moves", "10.0.0.2")));
    slices.put(
        slice("greeter-2", "greeter", 6, ready("moves", "10.0.0.2"), ready("b", "10.0.0.3")));

    assertThat(states("greeter")).containsExactly("a READY", "b READY", "moves READY");
  }

  @Test
  void aPodWithTwoAddressesIsCalledByIpv4() {
    slices.put(slice("greeter-a", "greeter", 5, "IPv6", ready("pod-1", "2001:db8::1")));
    slices.put(slice("greeter-b", "greeter", 6, "IPv4", ready("pod-1", "10.0.0.1")));

    assertThat(endpoints("greeter"))
        .extracting(one -> one.address().host())
        .containsExactly("10.0.0.1");
  }

  @Test
  void aServiceThatLosesItsLastEndpointKeepsAnEmptyTable() {
    slices.put(slice("greeter-1", "greeter", 5, ready("a", "10.0.0.1")));
    slices.tables(5);
    slices.delete("greeter-1");

    assertThat(requireNonNull(slices.tables(6).get("greeter")).isEmpty()).isTrue();
    assertThat(requireNonNull(slices.tables(6).get("greeter")).version()).isEqualTo(6);
  }

  @Test
  void whatAListDoesNotHaveIsGone() {
    slices.put(slice("greeter-1", "greeter", 5, ready("a", "10.0.0.1")));
    slices.put(slice("greeter-2", "greeter", 6, ready("b", "10.0.0.2")));
    slices.retain(Set.of("greeter-2"));

    assertThat(states("greeter")).containsExactly("b READY");
  }

  @Test
  void aChangeThatSaysNothingNewMakesNoNewTable() {
    slices.put(slice("greeter-1", "greeter", 5, ready("a", "10.0.0.1")));
    EndpointTable before = requireNonNull(slices.tables(5).get("greeter"));
    slices.put(slice("greeter-1", "greeter", 9, ready("a", "10.0.0.1")));

    assertThat(slices.changed()).isFalse();
    assertThat(requireNonNull(slices.tables(9).get("greeter"))).isSameAs(before);
  }

  @Test
  void theBalancersServiceHasTheNameThatClientsAreToldOf() {
    slices.put(slice("lookaside-balancer-1", "lookaside-balancer", 5, ready("lb-1", "10.0.0.9")));

    assertThat(states("lb")).containsExactly("lb-1 READY");
  }

  @Test
  void anAddressThatNobodyMayConnectToCostsOnlyItsEndpoint() {
    slices.put(
        slice(
            "greeter-1", "greeter", 5, ready("bad", "169.254.169.254"), ready("good", "10.0.0.1")));

    assertThat(states("greeter")).containsExactly("good READY");
    assertThat(rejected)
        .hasSize(1)
        .first()
        .asString()
        .startsWith("greeter-1: ")
        .contains("169.254");
  }

  @Test
  void aSliceWithoutThePortIsLeftOutAndSaysWhatItHas() {
    EndpointSlice other =
        new EndpointSliceBuilder(slice("greeter-1", "greeter", 5, ready("a", "10.0.0.1")))
            .editPort(1)
            .withName("web")
            .endPort()
            .build();
    slices.put(other);

    assertThat(endpoints("greeter")).isEmpty();
    assertThat(rejected)
        .containsExactly(
            "greeter-1: it has the ports [http, web] (expected: one of the name 'grpc', or a single"
                + " one without a name)");
  }

  @Test
  void noMoreEndpointsAreKeptThanThereIsRoomFor() {
    Slices few = slices(2);
    few.put(slice("greeter-1", "greeter", 5, ready("a", "10.0.0.1"), ready("b", "10.0.0.2")));
    few.put(slice("greeter-2", "greeter", 6, ready("c", "10.0.0.3")));

    assertThat(requireNonNull(few.tables(6).get("greeter")).size()).isEqualTo(2);
    assertThat(rejected)
        .containsExactly("greeter-2: there are too many endpoints (expected: at most 2)");
  }
}
