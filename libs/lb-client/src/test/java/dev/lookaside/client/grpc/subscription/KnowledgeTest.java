package dev.lookaside.client.grpc.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.core.load.EndpointLoad;
import dev.lookaside.core.load.EndpointLoad.Reported;
import dev.lookaside.v1.LoadUpdate;
import dev.lookaside.v1.SubscribeResponse;
import org.junit.jupiter.api.Test;

/** Loads, on their way from a balancer to those who pick. */
final class KnowledgeTest {

  @Test
  void aNewIncarnationIsNotTakenForAsBusyAsTheOneBeforeIt() {
    Scene scene = new Scene("a:1").started();
    scene.links.last().says(Said.table(1, Said.endpoint(1, "w1")));
    scene.links.last().says(load(1, 80, 0));
    assertThat(inFlight(scene)).isEqualTo(80);
    scene.advanceMillis(100);
    scene.links.last().says(Said.delta(2, Said.again(Said.endpoint(1, "w1"), "second")));
    scene.links.last().says(load(1, 80, 100));
    assertThat(inFlight(scene)).isEqualTo(-1);
    scene.advanceMillis(100);
    scene.links.last().says(load(1, 3, 50));
    assertThat(inFlight(scene)).isEqualTo(3);
  }

  /** -1: not known. */
  private static double inFlight(Scene scene) {
    Endpoint endpoint = scene.lastView().table().find("w1").orElseThrow();
    EndpointLoad load = scene.loads.of(endpoint).at(scene.time.nanos());
    return load instanceof Reported reported ? reported.report().requestsInFlight() : -1;
  }

  private static SubscribeResponse load(int number, int inFlight, int ageMillis) {
    return SubscribeResponse.newBuilder()
        .setLoads(
            LoadUpdate.newBuilder()
                .addNumbers(number)
                .addAgeMillis(ageMillis)
                .addRequestsInFlight(inFlight)
                .addApplicationUtilizationMillis(0)
                .addCpuUtilizationMillis(0)
                .addRpsMillis(0)
                .addEpsMillis(0))
        .build();
  }
}
