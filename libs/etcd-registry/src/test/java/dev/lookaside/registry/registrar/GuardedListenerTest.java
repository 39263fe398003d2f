package dev.lookaside.registry.registrar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookaside.core.time.ManualTicker;
import dev.lookaside.registry.loop.Guard;
import dev.lookaside.registry.registrar.RegistrarStatus.Phase;
import dev.lookaside.registry.testing.Workers;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GuardedListenerTest {
  private final ManualTicker ticker = new ManualTicker();
  private final FakeLeaseStore store = new FakeLeaseStore(ticker);
  private final DrainRequest drain = new DrainRequest();
  private final RegistrarListener throwing =
      new RegistrarListener() {
        @Override
        public void registered(long leaseId) {
          throw new IllegalStateException("scripted");
        }

        @Override
        public void renewed() {
          throw new NoClassDefFoundError("scripted");
        }
      };
  private final RegistrarLoop loop =
      new RegistrarLoop(
          store,
          RegistrarSettings.defaults(),
          new Claim("lookaside", Workers.worker("w1", 1, "mine")),
          new GuardedListener(throwing, new Guard(ticker)),
          drain,
          ticker,
          new Random(1));

  @Test
  void aListenerThatThrowsKeepsTheRegistrarNeitherFromRenewingNorFromDraining() throws Exception {
    for (int second = 0; second < 60; second++) {
      loop.take();
      ticker.advance(Duration.ofSeconds(1));
    }
    assertThat(loop.status().renewals()).isBetween(14L, 20L);

    drain.request();
    loop.take();
    assertThat(loop.status().phase()).isEqualTo(Phase.DRAINING);
    assertThat(drain.granted()).isCompleted();
  }
}
