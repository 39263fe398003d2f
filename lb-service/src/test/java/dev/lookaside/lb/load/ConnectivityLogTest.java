package dev.lookaside.lb.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.core.balancer.Connectivity;
import dev.lookaside.core.endpoint.Address;
import dev.lookaside.core.endpoint.Endpoint;
import dev.lookaside.testing.time.FakeClock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConnectivityLogTest {
  private final FakeClock clock = new FakeClock();
  private final List<String> lines = new ArrayList<>();
  private final ConnectivityLog log = new ConnectivityLog(clock, lines::add);

  @Test
  void aChangeIsALine() {
    changed("w1", Connectivity.READY, "reports its load");

    clock.forwardTime(ConnectivityLog.WINDOW);

    assertThat(lines).containsExactly("endpoint w1 of worker at h:1 is READY: reports its load");
  }

  @Test
  void anEndpointThatComesAndGoesAllTheTimeIsThreeLinesInTenSeconds() {
    for (int i = 0; i < 50; i++) {
      changed("w1", Connectivity.READY, "reports its load");
      changed("w1", Connectivity.TRANSIENT_FAILURE, "silent");
    }

    clock.forwardTime(ConnectivityLog.WINDOW);

    assertThat(lines).hasSize(3);
    assertThat(lines.get(2))
        .isEqualTo(
            "98 more changes in 10 s, the latest: endpoint w1 of worker at h:1 is"
                + " TRANSIENT_FAILURE: silent");
  }

  @Test
  void tenThousandThatComeAtOnceAreFewLinesAndACount() {
    for (int i = 0; i < 10_000; i++) {
      changed("w" + i, Connectivity.READY, "reports its load");
    }

    clock.forwardTime(ConnectivityLog.WINDOW);

    assertThat(lines).hasSize(41);
    assertThat(lines.get(40)).startsWith("9960 more changes in 10 s");
  }

  @Test
  void theNextTenSecondsAreNew() {
    for (int i = 0; i < 100; i++) {
      changed("w1", Connectivity.READY, "reports its load");
    }
    clock.forwardTime(ConnectivityLog.WINDOW);
    lines.clear();

    changed("w1", Connectivity.READY, "reports its load");

    assertThat(lines).hasSize(1);
  }

  private void changed(String id, Connectivity next, String reason) {
    log.changed(Endpoint.of("worker", id, new Address("h", 1)), next, reason);
  }
}
