package dev.lookaside.lb.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.lookaside.core.time.ManualTicker;
import dev.lookaside.lb.proof.Redemption.Bad;
import dev.lookaside.lb.proof.Redemption.Good;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class PickTokensTest {
  private static final int CLIENT = 7;

  private final ManualTicker ticker = new ManualTicker();
  private final PickTokens tokens = new PickTokens(new Random(1), ticker);
  private final long endpoint = tokens.digest("worker", "w1", "1");

  @Test
  void aTokenIsGoodOnceAndTellsWhenItWasPicked() {
    long picked = ticker.nanos();
    ByteString token = tokens.issue(endpoint, CLIENT);
    ticker.advance(Duration.ofSeconds(1));
    assertThat(tokens.redeem(token, endpoint, CLIENT)).isEqualTo(Good.at(picked));
    assertThat(tokens.redeem(token, endpoint, CLIENT)).isEqualTo(new Bad(Ignored.REPLAYED));
  }

  @Test
  void outcomesMayComeInAnyOrder() {
    ByteString first = tokens.issue(endpoint, CLIENT);
    ByteString second = tokens.issue(endpoint, CLIENT);
    assertThat(tokens.redeem(second, endpoint, CLIENT)).isInstanceOf(Good.class);
    assertThat(tokens.redeem(first, endpoint, CLIENT)).isInstanceOf(Good.class);
  }

  @Test
  void noBitOfItCanBeChanged() {
    byte[] token = tokens.issue(endpoint, CLIENT).toByteArray();
    for (int bit = 0; bit < token.length * Byte.SIZE; bit++) {
      byte[] forged = token.clone();
      forged[bit / Byte.SIZE] ^= (byte) (1 << (bit % Byte.SIZE));
      assertThat(tokens.redeem(ByteString.copyFrom(forged), endpoint, CLIENT))
          .isInstanceOf(Bad.class);
    }
    assertThat(tokens.redeem(ByteString.copyFrom(token), endpoint, CLIENT))
        .isInstanceOf(Good.class);
  }

  @Test
  void aTokenOfOneEndpointSaysNothingOfAnother() {
    ByteString token = tokens.issue(endpoint, CLIENT);
    for (long other :
        new long[] {
          tokens.digest("worker", "w1", "2"),
          tokens.digest("worker", "w2", "1"),
          tokens.digest("workerw", "1", "1")
        }) {
      assertThat(tokens.redeem(token, other, CLIENT)).isEqualTo(new Bad(Ignored.FORGED));
    }
  }

  @Test
  void whatAnotherClientWasGivenIsForeign() {
    ByteString token = tokens.issue(endpoint, CLIENT);
    assertThat(tokens.redeem(token, endpoint, CLIENT + 1)).isEqualTo(new Bad(Ignored.FOREIGN));
  }

  @Test
  void whatAnotherBalancerPickedIsForeign() {
    PickTokens another = new PickTokens(new Random(2), ticker);
    ByteString token = another.issue(another.digest("worker", "w1", "1"), CLIENT);
    assertThat(tokens.redeem(token, endpoint, CLIENT)).isEqualTo(new Bad(Ignored.FOREIGN));
  }

  @Test
  void whatIsNoTokenIsForged() {
    for (int length : new int[] {1, 31, 33, 10_000}) {
      assertThat(tokens.redeem(ByteString.copyFrom(new byte[length]), endpoint, CLIENT))
          .isEqualTo(new Bad(Ignored.FORGED));
    }
  }

  @Test
  void theLatestTwoMillionPicksAreRememberedAndNoMore() {
    ByteString first = tokens.issue(endpoint, CLIENT);
    ByteString late = tokens.issue(endpoint, CLIENT);
    LatestPicks picks = new LatestPicks();
    long number = picks.next();
    for (int i = 0; i < LatestPicks.REMEMBERED - 200; i++) {
      picks.next();
    }
    assertThat(picks.isForgotten(number)).isFalse();
    assertThat(picks.report(number)).isTrue();
    assertThat(picks.report(number)).isFalse();
    for (int i = 0; i < 200; i++) {
      picks.next();
    }
    assertThat(picks.isForgotten(number)).isTrue();
    // What has its bit now is not taken for reported.
    for (int i = 0; i < 200; i++) {
      assertThat(picks.report(picks.next())).isTrue();
    }
    assertThat(tokens.redeem(late, endpoint, CLIENT)).isInstanceOf(Good.class);
    assertThat(tokens.redeem(first, endpoint, CLIENT)).isInstanceOf(Good.class);
  }
}
