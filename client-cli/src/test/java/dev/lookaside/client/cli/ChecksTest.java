package dev.lookaside.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import dev.lookaside.v1.Endpoint;
import dev.lookaside.v1.EndpointCondition;
import dev.lookaside.v1.EndpointStatus;
import dev.lookaside.v1.EtcdMember;
import dev.lookaside.v1.ListEndpointsResponse;
import dev.lookaside.v1.LoadStatus;
import dev.lookaside.v1.RejectedKey;
import dev.lookaside.v1.ServiceStatus;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ChecksTest {
  private static final EndpointStatus FINE =
      EndpointStatus.newBuilder()
          .setEndpoint(Endpoint.newBuilder().setId("w1").setAddress("10.0.0.1:1"))
          .setCondition(EndpointCondition.ENDPOINT_CONDITION_READY)
          .setLoad(LoadStatus.newBuilder().setAge(Duration.newBuilder().setNanos(1)))
          .build();

  @Test
  void findsNothingWhereNothingIsWrong() {
    assertThat(Checks.of(List.of(answer("lb1", FINE), answer("lb2", FINE)))).isEmpty();
  }

  @Test
  void aBalancerThatDoesNotAnswerIsAnError() {
    assertThat(codes(answer("lb1", FINE), new Checks.Answer("lb2", Optional.empty(), "refused")))
        .containsExactly("LB001 error lb2");
  }

  @Test
  void aViewOfTheRegistryThatIsOldIsAnError() {
    assertThat(codes(answer("lb1", status(FINE).setRegistrySync("stale"))))
        .containsExactly("LB002 error lb1");
  }

  @Test
  void balancersThatDisagreeAreNamedWithWhatEachSays() {
    List<Finding> findings =
        Checks.of(List.of(answer("lb1", FINE), answer("lb2", FINE, with("w2", "10.0.0.2:1"))));
    assertThat(findings).hasSize(1);
    assertThat(findings.get(0).code()).isEqualTo("LB003");
    assertThat(findings.get(0).message()).contains("1 workers").contains("2 workers");
  }

  @Test
  void twoWorkersThatShareAnAddressAreAnErrorAndOtherBadKeysAWarning() {
    RejectedKey shared =
        RejectedKey.newBuilder()
            .setKey("lookaside/worker/w1")
            .setReason("its address 10.0.0.1:1 is also that of the younger 'w2'")
            .build();
    RejectedKey bad =
        RejectedKey.newBuilder().setKey("lookaside/worker/x").setReason("no JSON").build();
    assertThat(codes(answer("lb1", status(FINE).addRejectedKeys(bad).addRejectedKeys(shared))))
        .containsExactly("RG002 error lookaside/worker/w1", "RG001 warning lookaside/worker/x");
  }

  @Test
  void aWorkerWithoutLoadAndOneWithAnOldLoadAreWarnings() {
    EndpointStatus old =
        with("w2", "10.0.0.2:1").toBuilder()
            .setLoad(LoadStatus.newBuilder().setAge(Duration.newBuilder().setSeconds(3)))
            .build();
    assertThat(codes(answer("lb1", FINE.toBuilder().clearLoad().build(), old)))
        .containsExactly("WK001 warning worker/w1", "WK002 warning worker/w2");
  }

  @Test
  void aServiceOfWhichNobodyCanBePickedIsAnError() {
    EndpointStatus away =
        FINE.toBuilder()
            .setCondition(EndpointCondition.ENDPOINT_CONDITION_TRANSIENT_FAILURE)
            .setConditionReason("its load stream is down")
            .build();
    assertThat(codes(answer("lb1", away)))
        .containsExactly("SV001 error worker", "WK003 warning worker/w1");
  }

  @Test
  void anOldEtcdIsAWarning() {
    EtcdMember member =
        EtcdMember.newBuilder().setAddress("etcd1:2379").setVersion("3.4.23").build();
    assertThat(codes(answer("lb1", status(FINE).addEtcdMembers(member))))
        .containsExactly("RG003 warning etcd1:2379");
  }

  @ParameterizedTest
  @CsvSource({
    "3.4.26,true",
    "3.4.27,false",
    "3.4.30,false",
    "3.3.99,true",
    "3.5.0,false",
    "4.0.0-rc.1,false",
    "2,true",
    "'',true"
  })
  void knowsWhichVersionsOfEtcdAreOlder(String version, boolean isOlder) {
    assertThat(Checks.isOlder(version)).isEqualTo(isOlder);
  }

  private static List<String> codes(Checks.Answer... answers) {
    return Checks.of(List.of(answers)).stream()
        .map(f -> f.code() + " " + f.severity().word() + " " + f.subject())
        .toList();
  }

  private static EndpointStatus with(String id, String address) {
    return FINE.toBuilder()
        .setEndpoint(Endpoint.newBuilder().setId(id).setAddress(address))
        .build();
  }

  private static Checks.Answer answer(String balancer, EndpointStatus... endpoints) {
    return answer(balancer, status(endpoints));
  }

  private static Checks.Answer answer(String balancer, ListEndpointsResponse.Builder status) {
    return new Checks.Answer(balancer, Optional.of(status.build()), "");
  }

  private static ListEndpointsResponse.Builder status(EndpointStatus... endpoints) {
    return ListEndpointsResponse.newBuilder()
        .setRegistrySync("in_sync")
        .addServices(
            ServiceStatus.newBuilder()
                .setService("worker")
                .setPolicy("rr")
                .addAllEndpoints(List.of(endpoints)));
  }
}
