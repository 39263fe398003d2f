package dev.lookaside.lb.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.lb.dashboard.DashboardState.Reading;
import dev.lookaside.lb.dashboard.DashboardState.Worker;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class FramesTest {
  private static final Worker W1 = worker("w1", "ready");
  private static final Worker W2 = worker("w2", "ready");

  @Test
  void aStateIsEverything() {
    JsonNode state = data(Frames.state(7, state(Map.of(1, W1, 2, W2), Map.of(1, reading(0.5)))));

    assertThat(state.get("number").asInt()).isEqualTo(7);
    assertThat(state.get("workers").get("1").get("id").asString()).isEqualTo("w1");
    assertThat(state.get("workers").size()).isEqualTo(2);
    assertThat(state.get("readings").get(0).get(4).asDouble()).isEqualTo(0.5);
  }

  @Test
  void aChangeIsOnlyWhatDiffers() {
    DashboardState before =
        state(Map.of(1, W1, 2, W2, 3, W1), Map.of(1, reading(0.5), 2, reading(0.5)));
    DashboardState now =
        state(Map.of(1, W1, 2, worker("w2", "draining")), Map.of(1, reading(0.5), 2, reading(0.6)));

    JsonNode change = data(Frames.change(8, now, before));

    assertThat(change.get("workers").size()).isEqualTo(1);
    assertThat(change.get("workers").get("2").get("state").asString()).isEqualTo("draining");
    assertThat(change.get("readings").size()).isEqualTo(1);
    assertThat(change.get("gone").get(0).asInt()).isEqualTo(3);
  }

  @Test
  void whatIsNotKnownIsNull() {
    JsonNode state = data(Frames.state(1, state(Map.of(1, W1), Map.of(1, reading(Double.NaN)))));

    assertThat(state.get("readings").get(0).get(4).isNull()).isTrue();
  }

  @Test
  void aNameCannotEndTheEvent() {
    String hostile = "x\n\nevent: state\ndata: {}";

    String frame =
        new String(Frames.state(1, state(Map.of(1, worker(hostile, "ready")), Map.of())), UTF_8);

    assertThat(frame.strip().lines()).hasSize(2);
    assertThat(data(frame.getBytes(UTF_8)).get("workers").get("1").get("id").asString())
        .isEqualTo(hostile);
  }

  private static JsonNode data(byte[] frame) {
    String text = new String(frame, UTF_8);
    assertThat(text).endsWith("\n\n");
    return JsonMapper.shared().readTree(text.substring(text.indexOf("data: ") + "data: ".length()));
  }

  private static DashboardState state(
      Map<Integer, Worker> workers, Map<Integer, Reading> readings) {
    return new DashboardState(
        new DashboardState.Head(
            new DashboardState.Registry("never", null),
            List.of(),
            List.of(),
            new DashboardState.Subscribers(List.of(), List.of())),
        workers,
        readings);
  }

  private static Worker worker(String id, String state) {
    return new Worker("worker", id, "h:1", "", "", 1, 1, state, false, false, List.of());
  }

  private static Reading reading(double load) {
    return new Reading(1, 1, 1, load, 0, 0, 0, 0, 0);
  }
}
